import type { Preferences } from '../desk/preferences.ts'

const dark = window.matchMedia('(prefers-color-scheme: dark)')

/** Keeps `data-theme` at what the user, or else the system, wants. */
export function applyScheme(scheme: Preferences['scheme']): void {
  const night = scheme === 'night' || (scheme === 'auto' && dark.matches)
  document.documentElement.dataset.theme = night ? 'night' : 'day'
}

/** @param read the present liking; asked again whenever the system changes. */
export function followScheme(read: () => Preferences['scheme']): void {
  applyScheme(read())
  dark.addEventListener('change', () => applyScheme(read()))
}
