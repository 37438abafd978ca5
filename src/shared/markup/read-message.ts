import type { Fragment, Line } from '../fragments.ts'
import { parseEchoCodes } from './echo-codes.ts'
import { readEchoLine } from './echo-live.ts'
import { type ParseOptions, parseMarkup } from './parse.ts'
import { number, readStyle, record } from './read-style.ts'
import { plainLine, readFragment, readFragments } from './sanitise.ts'

type Parse = (text: string) => Fragment[]

/** Lists within lists, at most, that are read as one. */
const MAX_NESTING = 16

/** Fragments of one line: strings among them are read as text is in this message. */
function fragmentsOf(values: readonly unknown[], parse: Parse): Fragment[] {
  return readFragments(
    values.flat(MAX_NESTING).flatMap(value => (typeof value === 'string' ? parse(value) : [value])),
  )
}

/** Keys that say nothing without another one. */
const DEPENDENT = ['strength', 'gradientDown']

/** Styles and effects of the fragments in `message` that there are none of. */
function tellUnknown(message: unknown, tell: (name: string) => void): void {
  if (!Array.isArray(message)) {
    const given = record(message)
    const style = record(given?.style) ?? {}
    for (const [key, value] of Object.entries(style))
      if (!DEPENDENT.includes(key) && value !== false && readStyle({ [key]: value }) === undefined)
        tell(`${key}: ${JSON.stringify(value)}`)
    if (given?.effect !== undefined && readFragment({ effect: given.effect }) === undefined)
      tell(String(given.effect))
    if (Array.isArray(given?.fragments)) tellUnknown(given.fragments, tell)
    return
  }
  for (const item of message.flat(MAX_NESTING)) if (!Array.isArray(item)) tellUnknown(item, tell)
}

function lineOf(value: unknown, parse: Parse): Line {
  if (Array.isArray(value)) return { fragments: fragmentsOf(value, parse) }
  const given = record(value)
  if (given === undefined || !Array.isArray(given.fragments))
    return { fragments: fragmentsOf([value], parse) }
  const line: Line = { fragments: fragmentsOf(given.fragments, parse) }
  const speaker = plainLine(given.speaker, 200)
  const tick = number(given.tick, 0, 10_000)
  if (speaker !== undefined) line.speaker = speaker
  if (tick !== undefined) line.tick = tick
  return line
}

/** A fragment that stands by itself in `message`, rather than a line of its own. */
function isFragment(value: unknown): boolean {
  const given = record(value)
  return given !== undefined && !Array.isArray(given.fragments) && readFragment(value) !== undefined
}

/**
 * The lines that a message shows, one after the other. Takes anything and never throws:
 *
 * - a string is markup; `format: 'plain'` takes it as it stands, `format: 'echo-live'` for Echo-Live's `@` codes
 *   (`images` is then its gallery);
 * - an array holds lines (each a string, an array of fragments, or `{fragments, speaker, tick}`), unless there is a
 *   fragment object directly in it: then the array is one line;
 * - `{username, messages: […]}` is a message of Echo-Live's.
 */
export function readMessage(data: Record<string, unknown>, options: ParseOptions = {}): Line[] {
  return linesOf(data, options)
    .filter(isVisible)
    .map(line => withoutUnknown(line, options))
}

function linesOf(data: Record<string, unknown>, options: ParseOptions): Line[] {
  if (Array.isArray(data.messages) && (data.messages.length > 0 || data.message === undefined)) {
    const speaker = plainLine(data.username, 200)
    const lines = data.messages.map(readEchoLine)
    return speaker === undefined ? lines : lines.map(line => ({ ...line, speaker }))
  }
  const { message } = data
  if (message === undefined || message === null) return []
  if (options.onUnknownStyle) tellUnknown(message, options.onUnknownStyle)
  if (data.format === 'echo-live' && typeof message !== 'string') return [readEchoLine({ message })]
  const parse: Parse =
    data.format === 'plain'
      ? text => (text === '' ? [] : [{ text }])
      : data.format === 'echo-live'
        ? text => parseEchoCodes(text, data.images)
        : text => parseMarkup(text, options)
  return Array.isArray(message) && !message.some(isFragment)
    ? message.map(line => lineOf(line, parse))
    : [lineOf(message, parse)]
}

/** An emote that there is none of is shown as its name. */
function withoutUnknown(line: Line, { isEmote = () => false, onUnknownEmote }: ParseOptions): Line {
  if (!line.fragments.some(fragment => 'emote' in fragment)) return line
  const fragments = line.fragments.map((fragment): Fragment => {
    if (!('emote' in fragment) || isEmote(fragment.emote)) return fragment
    onUnknownEmote?.(fragment.emote)
    const { emote, ...styled } = fragment
    return { text: `:${emote}:`, ...styled }
  })
  return { ...line, fragments }
}

/** A line without any fragment would only be a moment of empty box. */
function isVisible(line: Line): boolean {
  return line.fragments.length > 0
}
