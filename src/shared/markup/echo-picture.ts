/** Pictures as Echo-Live's messages describe them: in the text, and as the figure on the stage. */
import { EASINGS } from '../easings.ts'
import type { Fragment } from '../fragments.ts'
import type { Repeat } from '../sprites.ts'
import { em } from './echo-style.ts'
import { record } from './read-style.ts'
import { readFragment } from './sanitise.ts'

/** Room beside a picture that says nothing of it, em. */
const MARGIN = 0.5

/**
 * A picture in the text. Where it can't be shown (an address relative to Echo-Live's own folder leads nowhere here) the
 * audience sees its address instead; undefined where there is none.
 */
export function echoPicture(value: unknown): Fragment | undefined {
  const given = record(value)
  if (typeof given?.url !== 'string' || given.url === '') return undefined
  const size = record(given.size) ?? given
  const [margin, width, height] = [record(given.margin), record(size.width), record(size.height)]
  const image = {
    url: given.url,
    pixelated: given.rendering === 'pixelated',
    marginLeft: em(margin?.left, 'em') ?? MARGIN,
    marginRight: em(margin?.right, 'em') ?? MARGIN,
    width: em(width?.value, 'em'),
    maxWidth: em(width?.max, 'em'),
    minWidth: em(width?.min, 'em'),
    height: em(height?.value, 'em'),
    maxHeight: em(height?.max, 'em'),
    minHeight: em(height?.min, 'em'),
  }
  return readFragment({ image }) ?? { text: `[${given.url}]` }
}

/** Names of camera framings that are others here. */
const SCENES: ReadonlyMap<unknown, string> = new Map([['face_cu', 'closeup']])
const EFFECTS: ReadonlyMap<unknown, string> = new Map([['fade-in', 'fade']])

/** A command to the figure: a registered one, or a picture laid out as a CSS background is. */
export function echoSprite(value: unknown): unknown {
  const given = record(value)
  if (given === undefined) return undefined
  const [avatar, image, effect] = [record(given.avatar), record(given.image), record(given.effect)]
  const size = sizeOf(image?.size)
  return {
    name: avatar?.name,
    expression: avatar?.action,
    scene: SCENES.get(avatar?.scene) ?? avatar?.scene,
    url: image?.url,
    ...placeOf(image?.position, size),
    size,
    repeat: repeatOf(image?.repeat),
    effect: EFFECTS.get(effect?.name) ?? effect?.name,
    duration: effect?.duration,
    amount: effect?.scale,
    easing: easingOf(effect?.timingFunction),
  }
}

/** A length as a share of the stage, per cent. */
function share(length: string | undefined, perCent: 'vw' | 'vh'): number | undefined {
  const match = /^(-?\d{1,4}\.?\d{0,3})(vw|vh|px)?$/.exec(length ?? '')
  if (match === null) return undefined
  const number = Number(match[1])
  if (match[2] === 'px') return (number / (perCent === 'vw' ? 1920 : 1080)) * 100
  return match[2] === perCent || number === 0 ? number : undefined
}

/** A figure's height, per cent of the stage's. */
const TALL = (960 / 1080) * 100

/**
 * `right`, `center top -15vh`, `30% 50%`: a CSS background-position as a place on the stage and how far it is moved.
 * @param size of the figure. Ours stands on the ground, what hangs from the top is moved there.
 */
function placeOf(position: unknown, size: number | undefined): { position?: string; x?: number; y?: number } {
  if (typeof position !== 'string') return {}
  const place: { position?: string; x?: number; y?: number } = {}
  const words = position.trim().toLowerCase().split(/\s+/).slice(0, 4)
  words.forEach((word, index) => {
    const next = words[index + 1]
    const [x, y] = [share(next, 'vw'), share(next, 'vh')]
    if (word === 'left' || word === 'right') {
      place.position = word
      // Counted from its edge inwards.
      if (x !== undefined) place.x = word === 'left' ? x : -x
    } else if (word === 'top' || word === 'bottom') {
      if (word === 'bottom' && y !== undefined) place.y = -y
      else if (word === 'top' && size !== undefined) place.y = (y ?? 0) - (100 - TALL * size)
      else if (word === 'top' && y !== undefined) place.y = y
    } else if (word === 'center' && index === 0) place.position = 'center'
    else if (index === 0 && /^\d{1,3}%$/.test(word)) {
      const along = Number.parseFloat(word)
      place.position = along < 34 ? 'left' : along > 66 ? 'right' : 'center'
    }
  })
  const [first, second] = words
  const isPair = words.length === 2 && first !== 'top' && first !== 'bottom'
  if (isPair && second !== undefined && place.y === undefined) {
    const y = share(second, 'vh')
    if (y !== undefined) place.y = y
  }
  return place
}

/** A CSS background-size: `contain` is as tall as the stage, as a figure is anyway. */
function sizeOf(size: unknown): number | undefined {
  const match = typeof size === 'string' ? /(\d{1,4}\.?\d{0,3})(vh|%|px)\s*$/.exec(size) : null
  if (match === null) return undefined
  return Number(match[1]) / (match[2] === 'px' ? 1080 : 100)
}

/** A CSS background-repeat. */
function repeatOf(repeat: unknown): Repeat | undefined {
  if (typeof repeat !== 'string') return undefined
  const [along, down = along] = repeat.trim().toLowerCase().split(/\s+/)
  if (along === 'repeat-x') return 'x'
  if (along === 'repeat-y') return 'y'
  const fills = (way: string | undefined) => way === 'repeat' || way === 'round' || way === 'space'
  if (fills(along)) return fills(down) ? 'both' : 'x'
  return fills(down) ? 'y' : along === 'no-repeat' ? 'none' : undefined
}

/** Its curves are written in CSS. */
function easingOf(curve: unknown): unknown {
  if (typeof curve !== 'string') return undefined
  const plain = (css: string) => css.replace(/\s+/g, '')
  return Object.entries(EASINGS).find(([, css]) => plain(css) === plain(curve))?.[0] ?? curve
}
