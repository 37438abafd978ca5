import { isColour } from '../../../shared/markup/values.ts'
import { fontValue } from '../../../shared/theme-css.ts'

const NAME = /^[a-z][a-z0-9-]{0,63}$/
const NUMBER = /^-?\d{1,5}(?:\.\d{1,4})?$/
const KEYWORD = /^[a-z][a-z0-9-]{0,40}$/

/**
 * The declarations of a room's own values. The player does not know the theme's manifest, so each value is checked by
 * its form: a number, a colour, a keyword, or, of a font, its name. What is none of these is left out and named.
 */
export function roomTokens(
  tokens: Readonly<Record<string, string>>,
  onProblem: (problem: string) => void,
): string[] {
  const declarations: string[] = []
  for (const [name, value] of Object.entries(tokens)) {
    const css = NAME.test(name) ? tokenCss(name, value.trim()) : null
    if (css === null) onProblem(`the theme's property "${name}" can't be "${value}"`)
    else declarations.push(`--${name}:${css}`)
  }
  return declarations
}

function tokenCss(name: string, value: string): string | null {
  if (name === 'font' || name.endsWith('-font')) return fontValue(value)
  return NUMBER.test(value) || isColour(value) || KEYWORD.test(value) ? value : null
}
