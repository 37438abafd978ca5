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
  /** Largest event (its data lines and the line being read), in UTF-16 units. Default 4 MiB. */
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

/** What comes after a field's colon and one space. */
function valueAfter(text: string, colon: number, end: number): string {
  return text.slice(text.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1, end)
}

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
  /** How many characters the next line may have, with the data lines of this event so far. */
  let room = limit

  function reset(): void {
    decoder = undefined
    started = afterCarriageReturn = false
    unfinishedLine = type = ''
    data = id = undefined
    room = limit
  }

  /** The end of an event: tells it, unless it had no data. */
  function dispatch(all: string | undefined): void {
    if (id !== undefined) lastEventId = id
    const event = all === undefined ? undefined : { type: type || 'message', data: all, id, lastEventId }
    // Before the call back, so that it may reset or throw. Only what is set: a store costs more than a comparison.
    if (data !== undefined) data = undefined
    if (id !== undefined) id = undefined
    if (type !== '') type = ''
    room = limit
    if (event && onEvent) onEvent(event)
  }

  /** Throws if a line of so many characters is more than this event may have. */
  function checkSize(length: number): void {
    if (length <= room) return
    reset()
    throw streamError('too-large', `An event is larger than ${limit} characters`)
  }

  /**
   * The line text[start, end), which is not empty and does not begin with `data:`. Field names are told by their
   * characters: comparing slices would take most of the parser's time. A line ending is none of those, so no comparison
   * need mind the line's end.
   */
  function readLine(text: string, start: number, end: number): void {
    checkSize(end - start)
    const first = text.charCodeAt(start)
    if (first === COLON) {
      if (onComment) onComment(valueAfter(text, start, end))
      return
    }
    let colon: number
    if (first === 105 && text.charCodeAt(start + 1) === 100) colon = start + 2
    else if (
      first === 101 &&
      text.charCodeAt(start + 1) === 118 &&
      text.charCodeAt(start + 2) === 101 &&
      text.charCodeAt(start + 3) === 110 &&
      text.charCodeAt(start + 4) === 116
    )
      colon = start + 5
    else {
      const line = text.slice(start, end)
      const retry = /^retry: ?([0-9]+)$/.exec(line)
      if (retry) onRetry?.(+retry[1]!)
      else if (line === 'data') addData('', 4)
      return
    }
    // A field without a colon is one without a value; with other letters after its name it is another field.
    if (text.charCodeAt(colon) !== COLON && colon !== end) return
    const value = valueAfter(text, colon, end)
    if (first === 101) type = value
    // A NUL in it could not travel back in a header: the standard has such an id ignored.
    else if (value.indexOf('\0') < 0) id = value
  }

  function addData(value: string, length: number): void {
    room -= length
    data = data === undefined ? value : `${data}\n${value}`
  }

  /** Reads the lines of text from `start` on; keeps what comes after the last. */
  function readLines(text: string, start: number): void {
    const { length } = text
    // The next line ending of either kind; `length` once there is none, and then it is not sought again.
    let lineFeed = -1
    let carriageReturn = -1
    while (start < length) {
      if (carriageReturn < start) {
        carriageReturn = text.indexOf('\r', start)
        if (carriageReturn < 0) carriageReturn = length
      }
      if (lineFeed < start) {
        lineFeed = text.indexOf('\n', start)
        if (lineFeed < 0) lineFeed = length
      }
      const end = Math.min(lineFeed, carriageReturn)
      let next = end + 1
      if (end === carriageReturn) {
        if (end === length) {
          checkSize(length - start)
          unfinishedLine = text.slice(start)
          return
        }
        if (text.charCodeAt(next) === LF) next++
        else if (next === length) afterCarriageReturn = true
      }

      if (
        // By far the most frequent, and so without a call: a data line, mostly the last before the end of its event.
        text.charCodeAt(start) === 100 &&
        text.charCodeAt(start + 1) === 97 &&
        text.charCodeAt(start + 2) === 116 &&
        text.charCodeAt(start + 3) === 97 &&
        text.charCodeAt(start + 4) === COLON
      ) {
        const value = text.slice(text.charCodeAt(start + 5) === SPACE ? start + 6 : start + 5, end)
        if (end - start > room) checkSize(end - start)
        if (text.charCodeAt(next) === LF && end === lineFeed) {
          next++
          let all = value
          if (data !== undefined) {
            all = `${data}\n${value}`
            data = undefined
            room = limit
          }
          if (id !== undefined) lastEventId = id
          const event = { type: type || 'message', data: all, id, lastEventId }
          id = undefined
          type = ''
          if (onEvent) onEvent(event)
        } else addData(value, end - start)
      } else if (start === end) dispatch(data)
      else readLine(text, start, end)
      // Reset, in a call back: the rest of the chunk belongs to the stream that was left.
      if (!started) return
      start = next
    }
  }

  function push(chunk: string | Uint8Array): void {
    let text: string
    if (typeof chunk === 'string') text = chunk
    else {
      // The mark is kept by the decoder, and dropped below, so that only one is.
      if (!decoder) decoder = new TextDecoder('utf-8', { ignoreBOM: true })
      text = decoder.decode(chunk, { stream: true })
    }
    if (text === '') return

    let position = 0
    if (!started) {
      started = true
      if (text.charCodeAt(0) === BYTE_ORDER_MARK) position = 1
    }
    if (unfinishedLine !== '') {
      const lineFeed = text.indexOf('\n')
      const carriageReturn = text.indexOf('\r')
      const end =
        carriageReturn < 0 || (lineFeed >= 0 && lineFeed < carriageReturn) ? lineFeed : carriageReturn
      if (end < 0) {
        checkSize(unfinishedLine.length + text.length)
        unfinishedLine += text
        return
      }
      // Read by itself: the rest of the chunk stays the string that it is, and need not be searched as part of another.
      position = end + 1
      const line = unfinishedLine + text.slice(0, position)
      unfinishedLine = ''
      readLines(line, 0)
      if (!started) return
    }
    if (afterCarriageReturn && position < text.length) {
      afterCarriageReturn = false
      if (text.charCodeAt(position) === LF) position++
    }
    readLines(text, position)
  }

  return {
    push,
    reset,
    get lastEventId() {
      return lastEventId
    },
  }
}
