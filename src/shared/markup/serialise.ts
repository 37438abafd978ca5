import type { Fragment, ImageFragment, SpriteCommand, Style } from '../fragments.ts'
import { SPRITE_NUMBERS } from './sanitise.ts'
import { imageLengths } from './tags.ts'

/** What would be read as something else than text. */
const SPECIAL = /\\|\[|\{|:(?=[\p{L}\p{M}\p{N}_+.-]{1,64}:)/gu

const text = (value: string) => value.replace(SPECIAL, '\\$&')
const inRuby = (value: string) => value.replace(/[\\{}|]/g, '\\$&')
const inTag = (value: string) => value.replace(/[\\[\]]/g, '\\$&')
const quoted = (value: string) => `"${value.replace(/[\\[\]"]/g, '\\$&')}"`

/** A style as tags, each with the name that closes it; outermost first, always in this order. */
function tags(style: Style | undefined): { open: string; close: string }[] {
  if (style === undefined) return []
  const found: { open: string; close: string }[] = []
  const add = (name: string, value: string | number = '') =>
    found.push({ open: value === '' ? `[${name}]` : `[${name}=${value}]`, close: `[/${name}]` })
  if (style.speed !== undefined) add('speed', style.speed)
  if (style.tick !== undefined) add('speed', `${style.tick}ms`)
  if (style.animation) add(style.animation, style.strength ?? '')
  if (style.classes) add('class', style.classes.join(' '))
  if (style.size !== undefined) add('size', style.size)
  if (style.weight !== undefined) add('weight', style.weight)
  if (style.spacing !== undefined) add('spacing', style.spacing)
  if (style.stretch !== undefined) add('stretch', style.stretch)
  if (style.color?.startsWith('#')) found.push({ open: `[${style.color}]`, close: '[/color]' })
  else if (style.color !== undefined) add('color', style.color)
  if (style.background !== undefined) add('bg', style.background)
  if (style.gradient) add('gradient', `${style.gradientDown ? 'down ' : ''}${style.gradient.join(', ')}`)
  if (style.rainbow) add('rainbow')
  if (style.gleam) add('gleam')
  if (style.shadow) {
    const { x, y, blur, color } = style.shadow
    add('shadow', `${x} ${y} ${blur} ${color}`)
  }
  if (style.bold) add('b')
  if (style.italic) add('i')
  if (style.underline) add('u')
  if (style.strike) add('s')
  if (style.dots) add('dot')
  return found
}

function image({ url, alt, pixelated, ...lengths }: ImageFragment['image']): string {
  const words = imageLengths.flatMap(([word, field]) =>
    lengths[field] === undefined ? [] : [`${word}=${lengths[field]}`],
  )
  if (alt !== undefined) words.push(`alt=${quoted(alt)}`)
  if (pixelated) words.push('pixelated')
  return `[img=${[url, ...words].join(' ')}]`
}

function sprite(command: SpriteCommand): string {
  const words: string[] = []
  if (command.name !== undefined) words.push(quoted(command.name))
  if (command.expression !== undefined) words.push(`face=${quoted(command.expression)}`)
  if (command.position !== undefined) words.push(`at=${command.position}`)
  if (command.scene !== undefined) words.push(`scene=${quoted(command.scene)}`)
  for (const [key] of SPRITE_NUMBERS) if (command[key] !== undefined) words.push(`${key}=${command[key]}`)
  if (command.repeat !== undefined) words.push(`repeat=${command.repeat}`)
  if (command.easing !== undefined) words.push(`easing=${command.easing}`)
  if (command.url !== undefined) words.push(`url=${command.url}`)
  if (command.effect !== undefined) words.push(`effect=${quoted(command.effect)}`)
  if (command.hide) words.push('hide')
  return `[sprite ${words.join(' ')}]`
}

function content(fragment: Fragment): string {
  if ('text' in fragment) {
    const shown =
      fragment.ruby === undefined
        ? text(fragment.text)
        : `{${inRuby(fragment.text)}|${inRuby(fragment.ruby)}}`
    return fragment.typed === undefined ? shown : `[type=${inTag(fragment.typed)}]${shown}[/type]`
  }
  if ('emote' in fragment) return `[emote=${fragment.emote}]`
  if ('image' in fragment) return image(fragment.image)
  if ('pause' in fragment) return `[wait=${fragment.pause}]`
  if ('speaker' in fragment) return `[speaker=${inTag(fragment.speaker)}]`
  if ('effect' in fragment) return `[${fragment.effect}]`
  if ('sprite' in fragment) return sprite(fragment.sprite)
  return '[next]'
}

/**
 * Writes fragments as markup: for all that `readFragments` lets through, `parseMarkup` of the result gives the same
 * fragments again. Styles that neighbours share stay open between them.
 */
export function toMarkup(fragments: readonly Fragment[]): string {
  let markup = ''
  let open: { open: string; close: string }[] = []
  for (const fragment of fragments) {
    // A pause or speaker change has no style and needs none to be closed.
    if ('text' in fragment || 'emote' in fragment || 'image' in fragment) {
      const wanted = tags(fragment.style)
      let same = 0
      while (same < open.length && same < wanted.length && open[same]!.open === wanted[same]!.open) same++
      for (let index = open.length - 1; index >= same; index--) markup += open[index]!.close
      for (const tag of wanted.slice(same)) markup += tag.open
      open = wanted
    }
    markup += content(fragment)
  }
  return (
    markup +
    open
      .reverse()
      .map(tag => tag.close)
      .join('')
  )
}
