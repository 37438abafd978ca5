/**
 * Echo-Live's two ways to write a line, turned into fragments: the `@` codes of its editor and the JSON of its messages.
 * Written from its documentation; its users can bring their files and habits. Raw CSS is not taken over, only the
 * declarations in it that have a meaning here.
 */
import type { Fragment, Line, Style } from '../fragments.ts'
import { createFragmentList } from './fragment-list.ts'
import { ANIMATIONS, SIZES, WEIGHTS } from './names.ts'
import { readStyle, record } from './read-style.ts'
import { readFragment, readFragments } from './sanitise.ts'
import { step } from './tags.ts'
import { isClassName } from './values.ts'

/** Echo-Live's loop, where a line says nothing else: milliseconds a unit. */
const DEFAULT_TICK = 30

const ECHO_SIZES: Readonly<Record<string, number>> = {
  extrasmall: SIZES.xs,
  small: SIZES.s,
  middle: SIZES.m,
  medium: SIZES.m,
  large: SIZES.l,
  extralarge: SIZES.xl,
}
const ECHO_SPACING: Readonly<Record<string, number>> = {
  compact: -0.05,
  normal: 0,
  fourperwidth: 0.25,
  halfwidth: 0.5,
  fullwidth: 1,
}
const ECHO_STRETCH: Readonly<Record<string, number>> = {
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
const ECHO_WEIGHTS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(WEIGHTS).map(([name, weight]) => [name.replace('-', ''), weight]),
)

/** Own keys only, without Object.hasOwn, which Safari 15.0 lacks. */
function lookUp<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.entries(table).find(([name]) => name === key)?.[1]
}

/** `extra-large`, `extraLarge` and `extra_large` are one name. */
function named(table: Readonly<Record<string, number>>, value: unknown): number | undefined {
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
function em(value: unknown, unit: 'em' | 'px'): number | undefined {
  const match = /^(-?\d{0,6}\.?\d{1,6})(em|rem|px)?$/.exec(String(value).trim())
  if (match === null) return undefined
  return (match[2] ?? unit) === 'px' ? Number(match[1]) / PX_PER_EM : Number(match[1])
}

/** A text class of Echo-Live as a style; one that only its themes know stays a class. */
function classStyle(name: string): Style | undefined {
  const bare = name.replace(/^echo-text-/, '')
  const match = /^([a-z]+(?:-[a-z]+)*?)(?:-?([123]))?$/.exec(bare)
  const word = match?.[1] ?? bare
  const flags: Readonly<Record<string, Style>> = {
    bold: { bold: true },
    italic: { italic: true },
    underline: { underline: true },
    strikethrough: { strike: true },
    emphasis: { dots: true },
    rainbow: { rainbow: true },
    'roll-down': { animation: 'flip' },
  }
  const flag = lookUp(flags, word)
  if (flag) return flag
  const animation = ANIMATIONS.find(item => item === word)
  if (animation) return match?.[2] ? { animation, strength: Number(match[2]) } : { animation }
  return isClassName(bare) ? { classes: [bare] } : undefined
}

function withClasses(style: Style, names: unknown): Style {
  if (typeof names !== 'string') return style
  return names
    .split(/\s+/)
    .slice(0, 8)
    .reduce((sum, name) => withClass(sum, name), style)
}

function withClass(style: Style, name: string): Style {
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

function echoStyle(value: unknown, classes: unknown, speed: unknown): Style | undefined {
  const given = record(value) ?? {}
  const shadow = record(given.shadow)
  return readStyle({
    ...withClasses(cssStyle(given.style), classes),
    ...given,
    classes: withClasses({}, classes).classes,
    strike: given.strikethrough,
    dots: given.emphasis,
    background: given.backgroundColor ?? cssStyle(given.style).background,
    size: named(ECHO_SIZES, given.size) ?? cssStyle(given.style).size,
    weight: named(ECHO_WEIGHTS, given.weight) ?? cssStyle(given.style).weight,
    spacing: named(ECHO_SPACING, given.letterSpacing) ?? cssStyle(given.style).spacing,
    stretch: named(ECHO_STRETCH, given.stretch),
    shadow: shadow && {
      x: em(shadow.x, 'px'),
      y: em(shadow.y, 'px'),
      blur: em(shadow.blur, 'px'),
      color: shadow.color ?? '#000',
    },
    tick: speed,
  })
}

function echoImage(value: unknown): unknown {
  const given = record(value)
  if (given === undefined) return undefined
  const [margin, width, height] = [record(given.margin), record(given.width), record(given.height)]
  return {
    url: given.url,
    pixelated: given.rendering === 'pixelated',
    marginLeft: em(margin?.left, 'em'),
    marginRight: em(margin?.right, 'em'),
    width: em(width?.value, 'em'),
    maxWidth: em(width?.max, 'em'),
    minWidth: em(width?.min, 'em'),
    height: em(height?.value, 'em'),
    maxHeight: em(height?.max, 'em'),
    minHeight: em(height?.min, 'em'),
  }
}

function echoSprite(value: unknown): unknown {
  const given = record(value)
  if (given === undefined) return undefined
  const [avatar, image, effect] = [record(given.avatar), record(given.image), record(given.effect)]
  return {
    name: avatar?.name,
    expression: avatar?.action,
    scene: avatar?.scene,
    url: image?.url,
    effect: effect?.name,
    duration: effect?.duration,
  }
}

/** What `data` of a fragment, or `customData` of a line, does before its text. */
function echoData(value: unknown): unknown[] {
  const given = record(value)
  if (given === undefined) return []
  const found: unknown[] = []
  if (given.username !== undefined) found.push({ speaker: given.username })
  if (given.character !== undefined) found.push({ sprite: echoSprite(given.character) })
  return found
}

/** One fragment of Echo-Live's may stand for several of ours. */
function echoFragment(value: unknown, tick: number): unknown[] {
  const given = record(value)
  if (given === undefined) return [value]
  const data = record(given.data)
  const style = echoStyle(given.style, given.class, given.speed)
  const found = echoData(data)
  if (given.event !== undefined) found.push({ effect: given.event })
  if (typeof given.text === 'string' && given.text !== '')
    found.push({ text: given.text, style, ruby: given.ruby, typed: given.typewrite })
  if (data?.emoji !== undefined) found.push(emote(data.emoji, style))
  if (data?.image !== undefined) {
    const image = { image: echoImage(data.image), style }
    // An address relative to Echo-Live's own folder leads nowhere here: the audience sees its name instead.
    found.push(readFragment(image) ?? { text: `[${String(record(data.image)?.url ?? '')}]`, style })
  }
  if (typeof given.pause === 'number') found.push({ pause: given.pause * tick })
  if (record(data?.action)?.printEnd === 'next') found.push({ next: true })
  return found
}

function emote(name: unknown, style: Style | undefined): unknown {
  const fragment = { emote: name, style }
  return readFragment(fragment) ?? { text: `:${String(name)}:`, style }
}

/** One item of Echo-Live's `messages`: `{message, data?: {printSpeed?, customData?}}`. */
export function readEchoLine(value: unknown): Line {
  const given = record(value) ?? { message: value }
  const data = record(given.data)
  const printSpeed = typeof data?.printSpeed === 'number' ? Math.max(4, data.printSpeed) : undefined
  const parts = Array.isArray(given.message) ? given.message : [given.message]
  const fragments = readFragments([
    ...echoData(data?.customData),
    ...parts.flatMap(part => echoFragment(part, printSpeed ?? DEFAULT_TICK)),
  ])
  return printSpeed === undefined ? { fragments } : { fragments, tick: Math.min(printSpeed, 10_000) }
}

const CODE =
  /\\@|@(?:([bius+r-])|\[(#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8}))\]|\{([^{}\s]{1,64})\}|<(:?[a-z][\w-]{0,60})>)/gi

/** Text with Echo-Live's quick formatting codes (`@b`, `@[#66ccff]`, `@{pack:name}`, `@<rainbow>`, `@r`, …). */
export function parseEchoCodes(source: string): Fragment[] {
  const list = createFragmentList()
  let style: Style = {}
  let current: Style | undefined
  let at = 0
  for (const match of source.matchAll(CODE)) {
    list.text(source.slice(at, match.index), current)
    at = match.index + match[0].length
    const [code, letter, colour, name, className] = match
    if (code === '\\@') list.text('@', current)
    else if (name !== undefined) {
      const fragment = readFragment({ emote: name, style: current })
      if (fragment) list.push(fragment)
      else list.text(code, current)
    } else {
      if (letter !== undefined) style = letterStyle(letter.toLowerCase(), style)
      else if (colour !== undefined) style = { ...style, color: colour }
      else style = withClass(style, className!.replace(':', ''))
      current = readStyle(style)
    }
  }
  list.text(source.slice(at), current)
  return list.fragments
}

function letterStyle(letter: string, style: Style): Style {
  switch (letter) {
    case 'b':
      return { ...style, bold: true }
    case 'i':
      return { ...style, italic: true }
    case 'u':
      return { ...style, underline: true }
    case 's':
      return { ...style, strike: true }
    case 'r':
      return {}
    default:
      return { ...style, size: step(style.size ?? 1, letter === '+' ? 1 : -1) }
  }
}
