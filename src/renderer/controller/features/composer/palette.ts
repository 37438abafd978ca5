/** Colours of the palette: 12 hues in 4 tones, and greys. Names are keys of the words `palette.*`. */
export interface PaletteColour {
  hue: Hue | 'grey'
  tone: Tone
  hex: string
}

const HUES = [
  'red',
  'orange',
  'amber',
  'lime',
  'green',
  'teal',
  'cyan',
  'sky',
  'blue',
  'violet',
  'purple',
  'pink',
] as const
export type Hue = (typeof HUES)[number]

const TONES = ['pale', 'light', 'full', 'deep'] as const
export type Tone = (typeof TONES)[number]

/** Degrees of hue; the eye tells them apart more evenly than steps of 30. */
const DEGREES: Record<Hue, number> = {
  red: 2,
  orange: 22,
  amber: 42,
  lime: 82,
  green: 140,
  teal: 168,
  cyan: 188,
  sky: 204,
  blue: 226,
  violet: 256,
  purple: 284,
  pink: 332,
}
const LOOK: Record<Tone, { saturation: number; lightness: number }> = {
  pale: { saturation: 92, lightness: 86 },
  light: { saturation: 88, lightness: 70 },
  full: { saturation: 76, lightness: 52 },
  deep: { saturation: 72, lightness: 34 },
}
const GREYS: Record<Tone, string> = { pale: '#ffffff', light: '#c9ced8', full: '#7d8595', deep: '#14171d' }

function hslToHex(hue: number, saturation: number, lightness: number): string {
  const light = lightness / 100
  const reach = (saturation / 100) * Math.min(light, 1 - light)
  const channel = (offset: number) => {
    const k = (offset + hue / 30) % 12
    const value = light - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${channel(0)}${channel(8)}${channel(4)}`
}

/** One row for each tone. */
export const PALETTE: PaletteColour[][] = TONES.map(tone => [
  ...HUES.map(hue => ({
    hue,
    tone,
    hex: hslToHex(DEGREES[hue], LOOK[tone].saturation, LOOK[tone].lightness),
  })),
  { hue: 'grey' as const, tone, hex: GREYS[tone] },
])

/** Two or three colours that run through the text. */
export const GRADIENTS = [
  ['#ff8a8a', '#ffd36e'],
  ['#ff9ecf', '#b79bff'],
  ['#7ad7ff', '#9a8bff'],
  ['#6ee7c8', '#6ea8ff'],
  ['#ffe08a', '#ff9a5c', '#ff6f91'],
  ['#a8ff9e', '#5ad1c8'],
  ['#ffffff', '#9fb4d0'],
  ['#f6d365', '#fda085'],
] as const

/** Ways a text moves, by the tag's name; `rainbow` changes its colour, `gleam` runs a light over it. */
export const MOVES = [
  'rainbow',
  'gleam',
  'wave',
  'shake',
  'jitter',
  'orbit',
  'rock',
  'pulse',
  'flip',
] as const

/** Those that know no strength. */
export const EVEN_MOVES: readonly (typeof MOVES)[number][] = ['rainbow', 'gleam', 'flip']

/** Relative luminance (WCAG 2.2, "relative luminance"). @param hex `#rrggbb` */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map(start => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio"). @param a `#rrggbb` @param b `#rrggbb` */
export function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

/** WCAG's level for text as large as that of a dialogue box (24 px and up): 3 is AA, 4.5 is AAA. */
export function contrastLevel(ratio: number): 'AAA' | 'AA' | 'poor' {
  return ratio >= 4.5 ? 'AAA' : ratio >= 3 ? 'AA' : 'poor'
}
