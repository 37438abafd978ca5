import type { Style } from '../../../shared/fragments.ts'
import { luminance, readColour } from '../look/shades.ts'

/** Class names of styles that need no value; themes may dress them anew. */
const FLAGS = {
  bold: 'sm-b',
  italic: 'sm-i',
  underline: 'sm-u',
  strike: 'sm-s',
  dots: 'sm-dot',
  rainbow: 'sm-rainbow',
  gleam: 'sm-gleam',
} as const

/** Luminances of letters that a dark outline would drown, and a light one. */
const DARK = 0.22
const LIGHT = 0.5

function lightOf(color: string): number | null {
  const rgb = readColour(color)
  return rgb && luminance(rgb)
}

/**
 * Dresses an element. Trusts its input: every value has passed `readStyle`, so that nothing but single CSS values get here,
 * and they are set as properties, never as a style text.
 */
export function applyStyle(element: HTMLElement, style: Style | undefined): void {
  if (style === undefined) return
  for (const flag of Object.keys(FLAGS) as (keyof typeof FLAGS)[])
    if (style[flag]) element.classList.add(FLAGS[flag])
  if (style.underline && style.strike) element.classList.add('sm-us')
  for (const name of style.classes ?? []) element.classList.add(`text-${name}`)
  const css = element.style
  if (style.color !== undefined) {
    css.color = style.color
    element.classList.add('sm-ink')
    const light = lightOf(style.color)
    if (light !== null && light < DARK) element.classList.add('sm-ink-dark')
    if (light !== null && light > LIGHT) element.classList.add('sm-ink-light')
  }
  if (style.background !== undefined) {
    element.classList.add('sm-bg')
    css.setProperty('--bg', style.background)
  }
  if (style.gradient) {
    element.classList.add('sm-gradient')
    if (style.gradientDown) element.classList.add('sm-down')
    const lights = style.gradient.flatMap(color => lightOf(color) ?? [])
    if (lights.reduce((sum, light) => sum + light, 0) < DARK * lights.length)
      element.classList.add('sm-cut-dark')
    const gradient = `linear-gradient(${style.gradientDown ? 180 : 90}deg, ${style.gradient.join(', ')})`
    css.backgroundImage = style.gleam ? `var(--gleam), ${gradient}` : gradient
  }
  if (style.size !== undefined) css.fontSize = `${style.size}em`
  if (style.weight !== undefined) css.fontWeight = String(style.weight)
  if (style.spacing !== undefined) css.letterSpacing = `${style.spacing}em`
  if (style.stretch !== undefined) css.fontStretch = `${style.stretch}%`
  if (style.shadow) {
    const { x, y, blur, color } = style.shadow
    css.textShadow = `${x}em ${y}em ${blur}em ${color}`
  }
  if (style.animation) {
    element.classList.add('sm-move', `sm-${style.animation}`)
    css.setProperty('--strength', String(style.strength ?? 2))
  }
}
