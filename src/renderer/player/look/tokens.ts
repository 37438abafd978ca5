import { isColour } from '../../../shared/markup/values.ts'
import type { TellProblem } from '../../../shared/player-problem.ts'
import { familyOf, fontValue } from '../../../shared/theme-css.ts'

const NAME = /^[a-z][a-z0-9-]{0,63}$/
const NUMBER = /^-?\d{1,5}(?:\.\d{1,4})?$/
const KEYWORD = /^[a-z][a-z0-9-]{0,40}$/

/**
 * The declarations of a room's own values. The player does not know the theme's manifest, so each value is checked by
 * its form: a number, a colour, a keyword, or, of a font, its name. What is none of these is left out and named.
 */
export function roomTokens(tokens: Readonly<Record<string, string>>, onProblem: TellProblem): string[] {
  const declarations: string[] = []
  for (const [name, value] of Object.entries(tokens)) {
    const css = NAME.test(name) ? tokenCss(name, value.trim()) : null
    if (css === null) onProblem({ code: 'property-refused', name, value })
    else declarations.push(`--${name}:${css}`)
  }
  return declarations
}

/** The fonts that a room names for itself, beside those that come with the app. */
export function fontNames(tokens: Readonly<Record<string, string>>): string[] {
  return Object.entries(tokens)
    .filter(([name, value]) => isFont(name) && familyOf(value.trim()) !== null)
    .map(([, value]) => value.trim())
}

function isFont(name: string): boolean {
  return name === 'font' || name.endsWith('-font')
}

function tokenCss(name: string, value: string): string | null {
  if (isFont(name)) return fontValue(value)
  return NUMBER.test(value) || isColour(value) || KEYWORD.test(value) ? value : null
}
