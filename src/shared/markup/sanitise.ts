import { EASING_NAMES } from '../easings.ts'
import type { Fragment, ImageFragment, SpriteCommand, TextFragment } from '../fragments.ts'
import { POSITIONS, REPEATS } from '../sprites.ts'
import { createFragmentList } from './fragment-list.ts'
import { EFFECTS, IMAGE_LENGTHS } from './names.ts'
import { number, readStyle, record } from './read-style.ts'
import { isEmoteName, isImageUrl } from './values.ts'

/** Control characters break the name plate and cannot be written down in a tag. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: replacing them is the purpose
const CONTROLS = /[\u0000-\u001f\u007f]+/g

/** One line of text without controls and white space around it, as names and readings are; cut between characters. */
export function plainLine(value: unknown, maxLength: number): string | undefined {
  if (typeof value !== 'string') return undefined
  const line = value.replace(CONTROLS, ' ').trim()
  if (line.length <= maxLength) return line
  return line
    .slice(0, maxLength)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()
}

/** Characters, at most, of a reading or of keys. */
export const MAX_READING = 1000

function readImage(value: unknown): ImageFragment['image'] | undefined {
  const given = record(value)
  if (typeof given?.url !== 'string' || !isImageUrl(given.url)) return undefined
  const image: ImageFragment['image'] = { url: given.url }
  const alt = plainLine(given.alt, 200)
  if (alt) image.alt = alt
  for (const key of IMAGE_LENGTHS) {
    const length = number(given[key], 0, 20)
    if (length !== undefined) image[key] = length
  }
  if (given.pixelated === true) image.pixelated = true
  return image
}

/** A figure's numbers, with the range of each. */
export const SPRITE_NUMBERS = [
  ['size', 0.02, 5],
  ['x', -100, 100],
  ['y', -100, 100],
  ['duration', 0, 10_000],
  ['amount', 0, 4],
] as const

export function readSprite(value: unknown): SpriteCommand | undefined {
  const given = record(value)
  if (given === undefined) return undefined
  const sprite: SpriteCommand = {}
  const name = plainLine(given.name, 64)
  // The markup's `[sprite=hide]` has no other meaning.
  if (name && name !== 'hide') sprite.name = name
  const expression = plainLine(given.expression, 64)
  if (expression) sprite.expression = expression
  const position = POSITIONS.find(item => item === given.position)
  if (position) sprite.position = position
  const scene = plainLine(given.scene, 32)
  if (scene) sprite.scene = scene
  for (const [key, min, max] of SPRITE_NUMBERS) {
    const found = number(given[key], min, max)
    if (found !== undefined) sprite[key] = found
  }
  if (typeof given.url === 'string' && isImageUrl(given.url)) sprite.url = given.url
  const repeat = REPEATS.find(item => item === given.repeat)
  if (repeat) sprite.repeat = repeat
  const effect = plainLine(given.effect, 32)
  if (effect) sprite.effect = effect
  const easing = EASING_NAMES.find(item => item === given.easing)
  if (easing) sprite.easing = easing
  if (given.hide === true) sprite.hide = true
  return Object.keys(sprite).length > 0 ? sprite : undefined
}

/** One fragment out of anything; undefined where nothing of it can be shown. */
export function readFragment(value: unknown): Fragment | undefined {
  if (typeof value === 'string' || typeof value === 'number') return { text: String(value) }
  const given = record(value)
  if (given === undefined) return undefined
  const style = readStyle(given.style)
  const styled = style === undefined ? {} : { style }
  if (typeof given.text === 'string') {
    const fragment: TextFragment = { text: given.text, ...styled }
    const ruby = plainLine(given.ruby, MAX_READING)
    const typed = plainLine(given.typed, MAX_READING)
    if (ruby) fragment.ruby = ruby
    if (typed) fragment.typed = typed
    return fragment
  }
  if (typeof given.emote === 'string' && isEmoteName(given.emote)) return { emote: given.emote, ...styled }
  const image = readImage(given.image)
  if (image) return { image, ...styled }
  const pause = number(given.pause, 0, 60_000)
  if (pause !== undefined) return { pause }
  const speaker = plainLine(given.speaker, 200)
  if (speaker !== undefined) return { speaker }
  const effect = EFFECTS.find(item => item === given.effect)
  if (effect) return { effect }
  const sprite = readSprite(given.sprite)
  if (sprite) return { sprite }
  return given.next === true ? { next: true } : undefined
}

/**
 * The valid part of any list of fragments in its shortest form; what `parseMarkup` gives is in this form already.
 * A text with a reading stays on one line.
 */
export function readFragments(values: readonly unknown[]): Fragment[] {
  const list = createFragmentList()
  for (const value of values) {
    const fragment = readFragment(value)
    if (fragment === undefined) continue
    if (!('text' in fragment)) list.push(fragment)
    else if (fragment.text === '') continue
    else if (fragment.ruby === undefined && fragment.typed === undefined)
      list.text(fragment.text, fragment.style)
    else
      list.push(
        fragment.ruby === undefined ? fragment : { ...fragment, text: fragment.text.replace(/\n+/g, ' ') },
      )
  }
  return list.fragments
}
