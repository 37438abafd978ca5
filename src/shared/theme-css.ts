import { isColour } from './markup/values.ts'
import type { ThemeManifest, ThemeToken } from './theme.ts'

/** The fonts that a font token may name beside installed ones; `--font-NAME` holds each one's stack. */
const FONT_KEYS = /^(?:sans|serif|wenkai|rounded|pixel|song)$/
const FAMILY = /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,59}$/u

/** @returns the family that a font token's value names by itself; null where it is one of the app's, or no name. */
export function familyOf(value: string): string | null {
  return !FONT_KEYS.test(value) && FAMILY.test(value) ? value : null
}

/** @returns the CSS of a font token's value; null where it is no name of a font. */
export function fontValue(value: string): string | null {
  if (FONT_KEYS.test(value)) return `var(--font-${value})`
  const family = familyOf(value)
  return family && `"${family}", var(--font-sans)`
}

/** @returns a token's value as CSS, brought into its range; null where it can't be one. */
export function tokenValue(token: ThemeToken, value: string | number): string | null {
  switch (token.kind) {
    case 'colour':
      return isColour(String(value)) || value === 'transparent' ? String(value) : null
    case 'length':
    case 'number': {
      const number = typeof value === 'number' ? value : Number.parseFloat(value)
      return Number.isFinite(number) ? String(Math.min(token.max, Math.max(token.min, number))) : null
    }
    case 'font':
      return fontValue(String(value))
    case 'choice':
      return token.options.some(option => option.value === value) ? String(value) : null
  }
}

function block(selector: string, declarations: string[]): string {
  return declarations.length === 0 ? '' : `${selector}{${declarations.join(';')}}\n`
}

/**
 * The style sheet of a theme: its tokens, its variants, then its own rules, all in one cascade layer, so that a rule
 * without a layer (OBS's Custom CSS) wins without `!important`.
 *
 * @param rules the theme's own rules; of an imported theme only after the server's `safeCss`
 * @param tokens the theme's own and those of its base
 */
export function themeStylesheet(
  { id, tokens: own, variants }: ThemeManifest,
  rules: string,
  { layer, tokens = own }: { layer: 'sm-theme' | 'sm-user-theme'; tokens?: readonly ThemeToken[] },
): string {
  const root = `.sm-player[data-theme~="${id}"]`
  const byName = new Map(tokens.map(token => [token.name, token]))
  const declare = (name: string, value: string | number): string[] => {
    const token = byName.get(name)
    const css = token ? tokenValue(token, value) : null
    return css === null ? [] : [`--${name}:${css}`]
  }
  const defaults = own.flatMap(token => declare(token.name, token.default))
  const [first, ...others] = variants
  let css = block(root, [
    ...defaults,
    ...Object.entries(first?.values ?? {}).flatMap(([name, value]) => declare(name, value)),
  ])
  for (const variant of others)
    css += block(
      `${root}[data-variant="${variant.id}"]`,
      Object.entries(variant.values).flatMap(([name, value]) => declare(name, value)),
    )
  return `@layer ${layer}{\n${css}${rules}\n}\n`
}
