import type { Fragment, ImageFragment, SpriteCommand, Style } from '../fragments.ts'
import { ANIMATIONS, EFFECTS, METALS, SIZES, WEIGHTS } from './names.ts'
import { number, readStyle } from './read-style.ts'
import { MAX_READING, plainLine, readSprite } from './sanitise.ts'
import { unescaped } from './scan.ts'
import { isEmoteName, isImageUrl } from './values.ts'

/** What an opening tag means. */
export type Tag =
  /** Holds until it is closed. */
  | { kind: 'style'; name: string; change: (outer: Style) => Style }
  /** Stands for itself. */
  | { kind: 'fragment'; fragment: Fragment }
  | { kind: 'text'; text: string }
  /** `[type=keys]`: the text up to its close is typed as `keys` first. */
  | { kind: 'typed'; keys: string }

/** Other spellings, to the name that closes them too. */
const ALIASES = new Map(
  Object.entries({
    bold: 'b',
    italic: 'i',
    em: 'i',
    underline: 'u',
    strike: 's',
    del: 's',
    dots: 'dot',
    colour: 'color',
    background: 'bg',
    image: 'img',
    pause: 'wait',
    emoji: 'emote',
    page: 'next',
  }),
)

export function tagName(written: string): string {
  const name = written.toLowerCase()
  return ALIASES.get(name) ?? name
}

/** The steps of `[+]` and `[-]`. */
const STEPS: readonly number[] = Object.values(SIZES)

/** The next step up or down from any size. */
export function step(size: number, direction: 1 | -1): number {
  const found = direction === 1 ? STEPS.find(item => item > size) : STEPS.filter(item => item < size).pop()
  return found ?? size
}

/** `500`, `500ms`, `1.5s`: milliseconds. */
function milliseconds(value: string): number | undefined {
  const match = /^(\d{1,7}(?:\.\d{1,20})?|\.\d{1,20})(ms|s)?$/i.exec(value)
  if (match === null) return undefined
  return Number(match[1]) * (match[2]?.toLowerCase() === 's' ? 1000 : 1)
}

function decimal(value: string): number | undefined {
  return /^[+-]?(?:\d{1,9}(?:\.\d{0,20})?|\.\d{1,20})$/.test(value) ? Number(value) : undefined
}

/** `1.5` or `150%`. */
function factor(value: string): number | undefined {
  const share = value.endsWith('%') ? decimal(value.slice(0, -1)) : undefined
  return share === undefined ? decimal(value) : share / 100
}

/** Splits at commas that stand outside of parentheses, as in `#f00, rgb(0, 0, 0)`. */
function splitColours(value: string): string[] {
  return (value.match(/[^,()]+(?:\([^()]*\))?/g) ?? []).map(part => part.trim())
}

const WORD = /\s*(?:([a-z]+)=)?(?:"((?:\\.|[^"\\])*)"|([^\s"]\S*))/iy

/** `a "b c" key=value`: words in order, and named ones. */
function words(value: string): { plain: string[]; named: Map<string, string> } {
  const plain: string[] = []
  const named = new Map<string, string>()
  for (WORD.lastIndex = 0; WORD.lastIndex < value.length; ) {
    const match = WORD.exec(value)
    if (match === null) break
    const word = unescaped(match[2] ?? match[3] ?? '')
    if (match[1] === undefined) plain.push(word)
    else named.set(match[1].toLowerCase(), word)
  }
  return { plain, named }
}

function shadow(value: string): Style['shadow'] {
  const match = /^(\S+)\s+(\S+)\s+(\S+)\s+(\S.*)$/.exec(value)
  const numbers = match?.slice(1, 4).map(decimal)
  // Only a colour: a short shadow to the lower right.
  if (match === null || numbers === undefined || numbers.includes(undefined))
    return { x: 0.06, y: 0.06, blur: 0.06, color: value }
  return { x: numbers[0]!, y: numbers[1]!, blur: numbers[2]!, color: match[4]! }
}

function speed(value: string): Style | undefined {
  if (/s$/i.test(value)) {
    const tick = milliseconds(value)
    return tick === undefined ? undefined : { tick }
  }
  const found = factor(value)
  return found === undefined || found <= 0 ? undefined : { speed: found }
}

/** Colours along the line, or `down` before them: from the top of the letters down. */
function gradient(value: string): Style {
  const down = /^down\s+(?=\S)/i.exec(value)
  return down
    ? { gradient: splitColours(value.slice(down[0].length)), gradientDown: true }
    : { gradient: splitColours(value) }
}

/** Style tags with a value; what they return is checked by `readStyle` afterwards. */
const VALUED = new Map<string, (value: string) => Style | undefined>(
  Object.entries({
    color: (color: string): Style => ({ color }),
    bg: (background: string): Style => ({ background }),
    gradient,
    metal: (value: string): Style | undefined => {
      const found = Object.entries(METALS).find(([name]) => name === value.toLowerCase())
      return found && { gradient: [...found[1]], gradientDown: true, gleam: true }
    },
    size: (value: string): Style => ({
      size: SIZES[value.toLowerCase() as keyof typeof SIZES] ?? factor(value),
    }),
    weight: (value: string): Style => ({ weight: WEIGHTS[value.toLowerCase()] ?? decimal(value) }),
    spacing: (value: string): Style => ({ spacing: decimal(value.replace(/em$/i, '')) }),
    stretch: (value: string): Style => ({ stretch: decimal(value.replace(/%$/, '')) }),
    shadow: (value: string): Style => ({ shadow: shadow(value) }),
    class: (value: string): Style => ({ classes: value.split(/\s+/) }),
    speed,
  }),
)

const FLAGS: Readonly<Record<string, Style>> = {
  b: { bold: true },
  i: { italic: true },
  u: { underline: true },
  s: { strike: true },
  dot: { dots: true },
  rainbow: { rainbow: true },
  gleam: { gleam: true },
  instant: { tick: 0 },
}

function style(name: string, value: string): Tag | undefined {
  if (name === '+' || name === '-') {
    const direction = name === '+' ? 1 : -1
    return { kind: 'style', name, change: outer => ({ ...outer, size: step(outer.size ?? 1, direction) }) }
  }
  let patch: Style | undefined
  const animation = ANIMATIONS.find(item => item === name)
  if (value === '') patch = FLAGS[name] ?? (animation && { animation })
  else if (animation) {
    const strength = decimal(value)
    if (strength !== undefined) patch = { animation, strength }
  } else patch = VALUED.get(name)?.(value)
  const valid = readStyle(patch)
  return valid && { kind: 'style', name, change: outer => merge(outer, valid) }
}

/** An inner movement replaces the outer one with its strength, a gradient the outer one with its direction, a speed either kind. */
function merge(outer: Style, inner: Style): Style {
  const rest = { ...outer }
  if (inner.animation) delete rest.strength
  if (inner.gradient) delete rest.gradientDown
  if (inner.speed !== undefined) delete rest.tick
  if (inner.tick !== undefined) delete rest.speed
  return { ...rest, ...inner }
}

const LENGTHS = {
  w: 'width',
  h: 'height',
  maxw: 'maxWidth',
  maxh: 'maxHeight',
  minw: 'minWidth',
  minh: 'minHeight',
  ml: 'marginLeft',
  mr: 'marginRight',
} as const
/** The image tag's words for lengths, and the fields they fill. */
export const imageLengths = Object.entries(LENGTHS)

/** Refuses a tag with a word that it has no use for, so that nothing typed vanishes. */
function knows(named: ReadonlyMap<string, string>, allowed: readonly string[]): boolean {
  return [...named.keys()].every(key => allowed.includes(key))
}

function image(value: string): Fragment | undefined {
  const { plain, named } = words(value)
  const [url, ...flags] = plain
  if (url === undefined || !isImageUrl(url) || flags.some(flag => flag !== 'pixelated')) return undefined
  if (!knows(named, ['alt', ...Object.keys(LENGTHS)])) return undefined
  const found: ImageFragment['image'] = { url }
  const alt = plainLine(named.get('alt'), 200)
  if (alt) found.alt = alt
  for (const [word, field] of imageLengths) {
    const given = named.get(word)
    if (given === undefined) continue
    const length = number(decimal(given.replace(/em$/i, '')), 0, 20)
    // A word that says nothing: the tag is shown as it was typed.
    if (length === undefined) return undefined
    found[field] = length
  }
  if (flags.length > 0) found.pixelated = true
  return { image: found }
}

const SPRITE_WORDS = [
  'face',
  'at',
  'scene',
  'size',
  'x',
  'y',
  'url',
  'effect',
  'duration',
  'amount',
  'easing',
  'repeat',
] as const

/** Where a word and its field are not called the same. */
const SPRITE_FIELDS: Readonly<Record<string, keyof SpriteCommand | undefined>> = {
  face: 'expression',
  at: 'position',
}

function sprite(value: string): Fragment | undefined {
  const { plain, named } = words(value)
  if (!knows(named, SPRITE_WORDS) || named.size + plain.length === 0) return undefined
  const hide = plain[plain.length - 1] === 'hide'
  const [name, ...rest] = hide ? plain.slice(0, -1) : plain
  if (rest.length > 0) return undefined
  const found = readSprite({
    name,
    expression: named.get('face'),
    position: named.get('at'),
    scene: named.get('scene'),
    size: factor(named.get('size') ?? ''),
    x: decimal(named.get('x')?.replace(/%$/, '') ?? ''),
    y: decimal(named.get('y')?.replace(/%$/, '') ?? ''),
    url: named.get('url'),
    effect: named.get('effect'),
    duration: milliseconds(named.get('duration') ?? ''),
    amount: factor(named.get('amount') ?? ''),
    easing: named.get('easing'),
    repeat: named.get('repeat'),
    hide,
  })
  // A word that says nothing, `at=nowhere`: the tag is shown as it was typed.
  const isRead = [...named.keys()].every(
    word => found?.[SPRITE_FIELDS[word] ?? (word as keyof SpriteCommand)] !== undefined,
  )
  return found && isRead ? { sprite: found } : undefined
}

/** The pause of a bare `[wait]`, ms. */
const DEFAULT_PAUSE = 500

function standing(name: string, value: string): Fragment | undefined {
  switch (name) {
    case 'wait': {
      const pause = number(value === '' ? DEFAULT_PAUSE : milliseconds(value), 0, 60_000)
      return pause === undefined ? undefined : { pause }
    }
    case 'speaker': {
      const speaker = unescaped(value)
      return speaker.length <= 200 ? { speaker: plainLine(speaker, 200)! } : undefined
    }
    case 'emote':
      return isEmoteName(value) ? { emote: value } : undefined
    case 'img':
      return image(value)
    case 'sprite':
      return sprite(value)
    case 'next':
      return value === '' ? { next: true } : undefined
  }
  const effect = EFFECTS.find(item => item === name)
  return effect && value === '' ? { effect } : undefined
}

/** `name`, `name=value` or `name value`; the colour shorthand has no name. */
const BODY = /^(?:(#[0-9a-f]{3,8})|([a-z]+|[+-])(?:\s*=\s*|\s+|$)([\s\S]*))$/i

/** Understands what stands between the brackets of an opening tag; undefined: it is no tag of ours, but text. */
export function readTag(body: string): Tag | undefined {
  const match = BODY.exec(body)
  if (match === null) return undefined
  if (match[1] !== undefined) return style('color', match[1])
  const name = tagName(match[2]!)
  const value = match[3]!.trim()
  if (name === 'br' && value === '') return { kind: 'text', text: '\n' }
  if (name === 'type') {
    const written = unescaped(value)
    const keys = plainLine(written, MAX_READING)
    return keys && written.length <= MAX_READING ? { kind: 'typed', keys } : undefined
  }
  const fragment = standing(name, value)
  return fragment === undefined ? style(name, value) : { kind: 'fragment', fragment }
}
