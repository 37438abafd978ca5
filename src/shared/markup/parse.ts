import type { Fragment, Style, TextFragment } from '../fragments.ts'
import { createFragmentList } from './fragment-list.ts'
import { readStyle } from './read-style.ts'
import { MAX_READING, plainLine } from './sanitise.ts'
import { scan, type Token, unescaped } from './scan.ts'
import { readTag, tagName } from './tags.ts'

export interface ParseOptions {
  /** Whether `:name:` is an emote of this room; without it no bare `:name:` is one. */
  isEmote?: (name: string) => boolean
  /** Told of what looks like an emote and is none. */
  onUnknownEmote?: (name: string) => void
  /** Told of a tag that is closed and was none, and of a style that a fragment can't have. */
  onUnknownStyle?: (name: string) => void
}

/** A `:name:` as nobody types it but for an emote; the time 10:30:45 and the address a:b:c are none. */
const EMOTE_LIKE = /(?:^|[^\w:./-]):([a-z][\w+-]+(?::[\w+-]+)?):(?!\w)/gi

interface Open {
  name: string
  /** What holds outside of it. */
  change: (outer: Style) => Style
}

/** A tag more than this deep is shown as it was typed: it keeps hostile input linear. */
const MAX_DEPTH = 64

/** A ruby with a reading that can stand above its text; else undefined. */
function readRuby(token: Token): TextFragment | undefined {
  if (token.kind !== 'ruby') return undefined
  const reading = unescaped(token.reading)
  const ruby = plainLine(reading, MAX_READING)
  return ruby && reading.length <= MAX_READING ? { text: unescaped(token.base), ruby } : undefined
}

/** `[type=…]` is followed by plain text or one ruby, and its own close; else undefined. */
function readTyped(tokens: readonly Token[], at: number, source: string, keys: string) {
  let found: TextFragment = { text: '', typed: keys }
  let index = at + 1
  const next = tokens[index]
  const ruby = next && readRuby(next)
  if (ruby) {
    found = { ...ruby, typed: keys }
    index++
  } else {
    for (; index < tokens.length; index++) {
      const token = tokens[index]!
      if (token.kind === 'escape') found.text += source.slice(token.start + 1, token.end)
      else if (token.kind === 'text' || token.kind === 'emote')
        found.text += source.slice(token.start, token.end)
      else break
    }
  }
  const close = tokens[index]
  const isClosed = close?.kind === 'close' && (close.body === '' || tagName(close.body) === 'type')
  return isClosed && found.text !== '' ? { fragment: found, next: index + 1 } : undefined
}

/**
 * Turns markup (docs/markup.md) into fragments. Never throws and loses nothing: what is no tag, is closed without having
 * been opened, or has a value that makes no sense, is shown as it was typed; what is left open is closed at the end.
 */
export function parseMarkup(source: string, options: ParseOptions = {}): Fragment[] {
  const { isEmote = () => false, onUnknownEmote, onUnknownStyle } = options
  const list = createFragmentList()
  const open: Open[] = []
  let style: Style | undefined
  /** Bodies of what opens like a tag and is none, by the name that would close it: not all brackets are meant. */
  const unknown = new Map<string, string>()

  function restyle(): void {
    style = readStyle(open.reduce((outer, { change }) => change(outer), {} as Style))
  }
  function close(name: string): boolean {
    for (let index = open.length - 1; index >= 0; index--)
      if (name === '' || open[index]!.name === name) {
        open.splice(index, 1)
        restyle()
        return true
      }
    return false
  }
  const withStyle = <Kind extends object>(fragment: Kind): Kind =>
    style === undefined ? fragment : { ...fragment, style }

  const tokens = scan(source, isEmote)
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    const raw = source.slice(token.start, token.end)
    if (token.kind === 'text' && onUnknownEmote)
      for (const [, name] of raw.matchAll(EMOTE_LIKE)) onUnknownEmote(name!)
    if (token.kind === 'escape') {
      list.text(raw.slice(1), style)
      continue
    }
    const ruby = readRuby(token)
    if (ruby) {
      list.push(withStyle(ruby))
      continue
    }
    if (token.kind === 'emote') {
      list.push(withStyle({ emote: token.name }))
      continue
    }
    if (token.kind === 'close') {
      const name = tagName(token.body)
      if (close(name)) continue
      const body = unknown.get(name)
      if (body !== undefined) onUnknownStyle?.(body)
    }
    const tag = token.kind === 'open' ? readTag(token.body) : undefined
    if (tag?.kind === 'style' && open.length < MAX_DEPTH) {
      open.push(tag)
      restyle()
    } else if (tag?.kind === 'fragment') {
      const { fragment } = tag
      list.push('emote' in fragment || 'image' in fragment ? withStyle(fragment) : fragment)
    } else if (tag?.kind === 'typed') {
      const typed = readTyped(tokens, at, source, tag.keys)
      if (typed === undefined) list.text(raw, style)
      else {
        list.push(withStyle(typed.fragment))
        at = typed.next - 1
      }
    } else {
      if (token.kind === 'open' && tag === undefined)
        unknown.set(tagName(/^[\p{L}\d_-]*/u.exec(token.body)![0]), token.body)
      list.text(tag?.kind === 'text' ? tag.text : raw, style)
    }
  }
  return list.fragments
}
