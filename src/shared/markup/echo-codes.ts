/** The `@` codes that Echo-Live's editor turns into formatted text. */
import type { Fragment, Style } from '../fragments.ts'
import { echoPicture } from './echo-picture.ts'
import { withClass } from './echo-style.ts'
import { createFragmentList } from './fragment-list.ts'
import { readStyle } from './read-style.ts'
import { readFragment } from './sanitise.ts'
import { step } from './tags.ts'

const CODE =
  /\\@|@(?:([bius+r-])|\[(#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8}))\]|\{([^{}\s]{1,64})\}|<(:?[a-z][\w-]{0,60})>)/gi

/**
 * Text with Echo-Live's quick formatting codes (`@b`, `@[#66ccff]`, `@{pack:name}`, `@<rainbow>`, `@r`, …).
 * @param images the editor's gallery, which `@{sys:img:0}` counts in
 */
export function parseEchoCodes(source: string, images: unknown = undefined): Fragment[] {
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
      const fragment = pictureOf(name, images) ?? readFragment({ emote: name })
      if (fragment) list.push(current === undefined ? fragment : { ...fragment, style: current })
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

/** `sys:img:3` is the fourth picture of the gallery. */
function pictureOf(name: string, images: unknown): Fragment | undefined {
  const match = /^sys:img:(\d{1,3})$/.exec(name)
  return match !== null && Array.isArray(images) ? echoPicture(images[Number(match[1])]) : undefined
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
