import { streamError } from './errors.ts'

/** One event, as the stream carried it. */
export interface ParsedEvent {
  /** The `event:` field; `message` where there was none. */
  type: string
  /** The `data:` lines, joined by line feeds. */
  data: string
  /** The `id:` field of this very event; undefined where it had none. */
  id: string | undefined
  /** The last id that the stream had set by the end of this event: what a reconnection resumes from. */
  lastEventId: string
}

export interface ParserOptions {
  onEvent?: (event: ParsedEvent) => void
  /** A line that begins with a colon, without the colon and one space. */
  onComment?: (comment: string) => void
  /** A valid `retry:` field, in milliseconds. */
  onRetry?: (ms: number) => void
  /** Largest event (its data and the line being read), in UTF-16 units. Default 4 MiB. */
  maxEventSize?: number
  /** What `lastEventId` starts from. */
  lastEventId?: string
}

export interface Parser {
  /**
   * Takes the next piece of the stream, cut anywhere, and calls back for what it completes.
   * Throws a StreamError `too-large` when an event exceeds `maxEventSize`; the parser is then as after `reset()`.
   */
  push(chunk: string | Uint8Array): void
  /** Forgets what is unfinished and awaits the beginning of a new stream. Keeps `lastEventId`. */
  reset(): void
  readonly lastEventId: string
}

export const DEFAULT_MAX_EVENT_SIZE = 4 * 1024 * 1024

const LF = 10
const SPACE = 32
const COLON = 58
const BYTE_ORDER_MARK = 0xfeff

/**
 * Parses an event stream by the rules of the WHATWG HTML standard ("Interpreting an event stream").
 *
 * Time is linear in what is pushed, however it is cut: no character is searched twice. An unfinished line is only
 * ever appended to (engines keep such a string as a rope) and is read once, when its end has come.
 */
export function createParser(options: ParserOptions): Parser {
  const { onEvent, onComment, onRetry } = options
  const limit = options.maxEventSize || DEFAULT_MAX_EVENT_SIZE
  let lastEventId = options.lastEventId || ''
  let decoder: TextDecoder | undefined

  let started = false
  let afterCarriageReturn = false
  let unfinishedLine = ''

  /** Undefined stands for the standard's empty data buffer: an empty `data:` line is not the same. */
  let data: string | undefined
  let type = ''
  let id: string | undefined

  function reset(): void {
    decoder = undefined
    started = afterCarriageReturn = false
    unfinishedLine = type = ''
    data = id = undefined
  }

  function dispatch(): void {
    if (id !== undefined) lastEventId = id
    if (data === undefined) {
      type = ''
      id = undefined
      return
    }
    const event: ParsedEvent = { type: type || 'message', data, id, lastEventId }
    // Before the call back, so that it may reset or throw.
    data = id = undefined
    type = ''
    if (onEvent) onEvent(event)
  }

  function checkSize(length: number): void {
    if (length + (data === undefined ? 0 : data.length) > limit) {
      reset()
      throw streamError('too-large', `An event is larger than ${limit} characters`)
    }
  }

  /** The line text[start, end), which is not empty. */
  function readLine(text: string, start: number, end: number): void {
    if (end - start > limit || data !== undefined) checkSize(end - start)

    // Nearly every line is a data line: told by its characters, it costs one slice.
    let field = ''
    let colon = start + 4
    if (
      colon < end &&
      text.charCodeAt(colon) === COLON &&
      text.charCodeAt(start) === 100 &&
      text.charCodeAt(start + 1) === 97 &&
      text.charCodeAt(start + 2) === 116 &&
      text.charCodeAt(start + 3) === 97
    )
      field = 'data'
    else {
      if (start > 0 || end < text.length) {
        // What follows searches for the colon, and must not go through all that comes after the line.
        text = text.slice(start, end)
        end -= start
        start = 0
      }
      colon = text.indexOf(':')
      if (colon < 0) colon = end
      field = text.slice(0, colon)
    }
    const value = text.slice(colon + (text.charCodeAt(colon + 1) === SPACE && colon + 1 < end ? 2 : 1), end)

    if (field === 'data') data = data === undefined ? value : `${data}\n${value}`
    else if (field === 'event') type = value
    else if (field === 'id') {
      // A NUL in it could not travel back in a header: the standard has such an id ignored.
      if (value.indexOf('\0') < 0) id = value
    } else if (field === 'retry') {
      if (/^\d+$/.test(value)) onRetry?.(+value)
    } else if (field === '') onComment?.(value)
  }

  function push(chunk: string | Uint8Array): void {
    let text: string
    if (typeof chunk === 'string') text = chunk
    else {
      // The mark is kept by the decoder, and dropped below, so that only one is.
      if (!decoder) decoder = new TextDecoder('utf-8', { ignoreBOM: true })
      text = decoder.decode(chunk, { stream: true })
    }
    const length = text.length
    if (length === 0) return

    let position = 0
    if (!started) {
      started = true
      if (text.charCodeAt(0) === BYTE_ORDER_MARK) position = 1
    }
    if (afterCarriageReturn) {
      afterCarriageReturn = false
      if (text.charCodeAt(position) === LF) position++
    }

    // The next of each line ending at or after `position`; `length` once there is none, and then never sought again.
    let lineFeed = -1
    let carriageReturn = -1
    while (position < length) {
      // Reset, in a call back: the rest of the chunk belongs to the stream that was left.
      if (!started) return

      if (carriageReturn < position) {
        carriageReturn = text.indexOf('\r', position)
        if (carriageReturn < 0) carriageReturn = length
      }
      if (lineFeed < position) {
        if (text.charCodeAt(position) === LF) lineFeed = position
        else {
          lineFeed = text.indexOf('\n', position)
          if (lineFeed < 0) lineFeed = length
        }
      }
      const end = Math.min(lineFeed, carriageReturn)

      if (end === length) {
        checkSize(unfinishedLine.length + length - position)
        unfinishedLine += position === 0 ? text : text.slice(position)
        return
      }

      const start = position
      position = end + 1
      if (end === carriageReturn) {
        if (position === length) afterCarriageReturn = true
        else if (text.charCodeAt(position) === LF) position++
      }

      if (unfinishedLine !== '') {
        const line = unfinishedLine + text.slice(start, end)
        unfinishedLine = ''
        readLine(line, 0, line.length)
      } else if (start === end) dispatch()
      else readLine(text, start, end)
    }
  }

  return {
    push,
    reset,
    get lastEventId() {
      return lastEventId
    },
  }
}
