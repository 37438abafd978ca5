/** Newer names first: each browser also claims to be those after it. */
const PROGRAMS: [RegExp, string][] = [
  [/\bOBS\//, 'OBS'],
  [/\bstreaming-message\//i, 'Streaming Message'],
  [/\bElectron\//, 'Electron'],
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/**
 * What people call the program that signed in.
 * @param userAgent as the program sent it
 * @returns such as `Firefox · Windows`; the program's own words where it is none that is known
 */
export function deviceName(userAgent: string): string {
  const find = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(userAgent))?.[1]
  return [find(PROGRAMS), find(SYSTEMS)].filter(Boolean).join(' · ') || userAgent
}
