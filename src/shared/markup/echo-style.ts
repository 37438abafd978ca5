/** How Echo-Live dresses text, in our words: its style objects, its classes and the CSS in them that has a meaning here. */
import type { Style } from '../fragments.ts'
import { ANIMATIONS, SIZES, WEIGHTS } from './names.ts'
import { readStyle, record } from './read-style.ts'
import { isClassName } from './values.ts'

type Table<Value> = Readonly<Record<string, Value>>

const ECHO_SIZES: Table<number> = {
  extrasmall: SIZES.xs,
  small: SIZES.s,
  middle: SIZES.m,
  medium: SIZES.m,
  large: SIZES.l,
  extralarge: SIZES.xl,
}
const ECHO_SPACING: Table<number> = {
  compact: -0.05,
  normal: 0,
  fourperwidth: 0.25,
  halfwidth: 0.5,
  fullwidth: 1,
}
const ECHO_STRETCH: Table<number> = {
  ultracondensed: 50,
  extracondensed: 62.5,
  condensed: 75,
  semicondensed: 87.5,
  normal: 100,
  semiexpanded: 112.5,
  expanded: 125,
  extraexpanded: 150,
  ultraexpanded: 200,
}
const ECHO_WEIGHTS: Table<number> = {
  ...Object.fromEntries(Object.entries(WEIGHTS).map(([name, weight]) => [name.replace('-', ''), weight])),
  semilight: 350,
  demilight: 350,
  book: 400,
  plain: 400,
  extraheavy: 950,
  ultraheavy: 950,
}

/** Its gradients and its metals, from the top of the letters down. */
const ECHO_GRADIENTS: Table<string[]> = {
  'gradient-night-fade': ['#fbc2eb', '#a18cd1'],
  'gradient-spring-warmth': ['#ffd1ff', '#fad0c4'],
  'gradient-sunny-morning': ['#f6d365', '#fda085'],
  'gradient-winter-neva': ['#a1c4fd', '#c2e9fb'],
  'gradient-dusty-grass': ['#d4fc79', '#96e6a1'],
  'gradient-heavy-rain': ['#e2ebf0', '#cfd9df'],
  'gradient-red-salvation': ['#453a94', '#f43b47'],
  'gradient-premium-dark': ['#434343', '#000'],
  'gradient-mountain-rock': ['#868f96', '#596164'],
  'gradient-juicy-peach': ['#ffecd2', '#fcb69f'],
  'gradient-fly-high': ['#6f86d6', '#48c6ef'],
  'gradient-aqua-splash': ['#80d0c7', '#13547a'],
  'gradient-salt-mountain': ['#fffeff', '#d7fffe'],
  'gradient-perfect-blue': ['#3d4e81', '#5753c9', '#6e7ff3'],
  'shine-gold': ['#faebc0', '#e2b52c', '#f5cd55'],
  // Its own spelling of silver.
  'shine-sliver': ['#f0f1f5', '#abb5c2', '#c6d8f0'],
  'shine-copper': ['#f3c0a6', '#b26843', '#df7a47'],
  'shine-metal': ['#a7a5a4', '#474341', '#615e5b'],
}

const FLAGS: Table<Style> = {
  bold: { bold: true },
  italic: { italic: true },
  underline: { underline: true },
  strikethrough: { strike: true },
  emphasis: { dots: true },
  rainbow: { rainbow: true },
  'roll-down': { animation: 'flip' },
  'rock-y': { animation: 'wave', strength: 1 },
}

/** Own keys only, without Object.hasOwn, which Safari 15.0 lacks. */
function lookUp<Value>(table: Table<Value>, key: string): Value | undefined {
  return Object.entries(table).find(([name]) => name === key)?.[1]
}

/** `extra-large`, `extraLarge` and `extra_large` are one name. */
function named(table: Table<number>, value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return undefined
  const key = value.toLowerCase().replace(/[-_ ]/g, '')
  const found = lookUp(table, key)
  if (found !== undefined) return found
  return /^\d+$/.test(key) ? Number(key) : undefined
}

/** CSS pixels of Echo-Live's text size. */
const PX_PER_EM = 32
/** A CSS length, or a number of `unit`, in em. */
export function em(value: unknown, unit: 'em' | 'px'): number | undefined {
  const match = /^(-?\d{0,6}\.?\d{1,6})(em|rem|px)?$/.exec(String(value).trim())
  if (match === null) return undefined
  return (match[2] ?? unit) === 'px' ? Number(match[1]) / PX_PER_EM : Number(match[1])
}

/** Classes that carry a value of a style: `size-large`, `letter-spacing-half-width`. */
function valuedClass(bare: string): Style | undefined {
  const match = /^(size|weight|stretch|letter-spacing)-([a-z-]+)$/.exec(bare)
  if (match === null) return undefined
  const [, kind, value] = match
  if (kind === 'size') return { size: named(ECHO_SIZES, value) }
  if (kind === 'weight') return { weight: named(ECHO_WEIGHTS, value) }
  if (kind === 'stretch') return { stretch: named(ECHO_STRETCH, value) }
  return { spacing: named(ECHO_SPACING, value) }
}

/** A text class of Echo-Live as a style; one that only its themes know stays a class. */
function classStyle(name: string): Style | undefined {
  const bare = name.replace(/^echo-text-/, '')
  const gradient = lookUp(ECHO_GRADIENTS, bare)
  if (gradient) return { gradient, gradientDown: true, ...(bare.startsWith('shine-') && { gleam: true }) }
  const valued = valuedClass(bare)
  if (valued) return valued
  const match = /^([a-z]+(?:-[a-z]+)*?)(?:-?([123]))?$/.exec(bare)
  const word = match?.[1] ?? bare
  const flag = lookUp(FLAGS, word)
  if (flag) return flag
  const animation = ANIMATIONS.find(item => item === word)
  if (animation) return match?.[2] ? { animation, strength: Number(match[2]) } : { animation }
  return isClassName(bare) ? { classes: [bare] } : undefined
}

function withClasses(style: Style, names: unknown): Style {
  if (typeof names !== 'string') return style
  return names.split(/\s+/).slice(0, 8).reduce(withClass, style)
}

export function withClass(style: Style, name: string): Style {
  const added = classStyle(name)
  const classes = [...(style.classes ?? []), ...(added?.classes ?? [])]
  return { ...style, ...added, ...(classes.length > 0 && { classes }) }
}

/** The declarations of raw CSS that we have words for. */
function cssStyle(css: unknown): Style {
  const style: Style = {}
  if (typeof css !== 'string') return style
  for (const declaration of css.slice(0, 1000).split(';')) {
    const colon = declaration.indexOf(':')
    const value = declaration.slice(colon + 1).trim()
    switch (declaration.slice(0, Math.max(0, colon)).trim().toLowerCase()) {
      case 'color':
        style.color = value
        break
      case 'background':
      case 'background-color':
        style.background = value
        break
      case 'font-weight':
        style.weight = named(ECHO_WEIGHTS, value)
        break
      case 'font-style':
        if (value === 'italic') style.italic = true
        break
      case 'font-size':
        style.size = value.endsWith('%') ? Number.parseFloat(value) / 100 : em(value, 'px')
        break
      case 'letter-spacing':
        style.spacing = em(value, 'px')
        break
      case 'text-decoration':
        if (value.includes('underline')) style.underline = true
        if (value.includes('line-through')) style.strike = true
    }
  }
  return style
}

/** What it leaves out of a shadow it takes to be 0, 0, 0.25em and black. */
function echoShadow(value: unknown): Style['shadow'] {
  const given = record(value)
  if (given === undefined) return undefined
  const color = given.color ?? '#000'
  return {
    x: em(given.x, 'px') ?? 0,
    y: em(given.y, 'px') ?? 0,
    blur: em(given.blur, 'px') ?? 0.25,
    color: typeof color === 'string' ? color : '',
  }
}

/** @param speed of the fragment, milliseconds a unit */
export function echoStyle(value: unknown, classes: unknown, speed: unknown): Style | undefined {
  const given = record(value) ?? {}
  const base = withClasses(cssStyle(given.style), classes)
  return readStyle({
    ...(given.rock === undefined ? base : withClass(base, `rock-${String(given.rock)}`)),
    ...given,
    classes: base.classes,
    strike: given.strikethrough ?? base.strike,
    dots: given.emphasis ?? base.dots,
    background: given.backgroundColor ?? base.background,
    size: named(ECHO_SIZES, given.size) ?? base.size,
    weight: named(ECHO_WEIGHTS, given.weight) ?? base.weight,
    spacing: named(ECHO_SPACING, given.letterSpacing) ?? base.spacing,
    stretch: named(ECHO_STRETCH, given.stretch) ?? base.stretch,
    shadow: echoShadow(given.shadow),
    tick: speed,
  })
}
