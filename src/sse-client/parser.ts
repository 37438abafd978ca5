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
const CR = 13
const SPACE = 32
const COLON = 58

/** A piece of a line with so many characters is not put into a rope: long ropes of long pieces are slow to read. */
const BLOCK = 1024

/** What comes after a field's colon and one space. */
function valueAfter(text: string, colon: number, end: number): string {
  return text.slice(text.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1, end)
}

/** Whether `data:` stands at `start`. By its characters: comparing slices would take most of the parser's time. */
function isData(text: string, start: number): boolean {
  return (
    text.charCodeAt(start) === 100 &&
    text.charCodeAt(start + 1) === 97 &&
    text.charCodeAt(start + 2) === 116 &&
    text.charCodeAt(start + 3) === 97 &&
    text.charCodeAt(start + 4) === COLON
  )
}

/** The place behind the line ending at `at`. */
function skipEnding(text: string, at: number): number {
  return text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? at + 2 : at + 1
}

/**
 * Parses an event stream by the rules of the WHATWG HTML standard ("Interpreting an event stream").
 *
 * Time is linear in what is pushed, however it is cut: the parts of an unfinished line are put together once, when its
 * end has come.
 */
export function createParser(options: ParserOptions): Parser {
  const { onEvent, onComment, onRetry } = options
  const limit = options.maxEventSize || DEFAULT_MAX_EVENT_SIZE
  let lastEventId = options.lastEventId || ''
  let decoders: TextDecoder[] = []
  let withinCharacter = false
  /** Grows with each reset: a call back that resets leaves the rest of the chunk to the stream that was. */
  let resets = 0

  let started = false
  let afterCarriageReturn = false
  /** The line that has no end yet: its blocks, then what came in small pieces (a rope to the engine). */
  let blocks: string[] = []
  let rope = ''
  let lineLength = 0

  /** The data lines so far, each with a line feed behind it. */
  let data = ''
  let type: string | undefined
  let id: string | undefined
  /** How many characters the next line may have, with the data lines of this event so far. */
  let room = limit

  function dropLine(): void {
    blocks = []
    rope = ''
    lineLength = 0
  }

  function reset(): void {
    resets++
    decoders = []
    started = afterCarriageReturn = withinCharacter = false
    dropLine()
    data = ''
    id = type = undefined
    room = limit
  }

  /** Throws if a line of so many characters is more than this event may have. */
  function checkSize(length: number): void {
    if (length <= room) return
    reset()
    throw streamError('too-large')
  }

  /** Keeps what has no line ending yet. */
  function keep(part: string): void {
    lineLength += part.length
    checkSize(lineLength)
    rope += part
    if (rope.length < BLOCK) return
    blocks.push(rope)
    rope = ''
  }

  /** Tells an event that is complete. */
  function dispatch(whole: string): void {
    if (id !== undefined) lastEventId = id
    const event = { type: type || 'message', data: whole, id, lastEventId }
    // Before the call back, so that it may reset or throw.
    data = ''
    id = type = undefined
    room = limit
    if (onEvent) onEvent(event)
  }

  /** An empty line: the end of an event, which is told unless it had no data. */
  function endEvent(): void {
    if (data) dispatch(data.slice(0, -1))
    else {
      if (id !== undefined) lastEventId = id
      id = type = undefined
    }
  }

  /** A data line, with its line feed, that is not the last of its event. */
  function addData(line: string): void {
    data += line
    room -= line.length
  }

  /**
   * The line text[start, end), which is not empty and does not begin with `data:`. A line ending is none of the characters
   * of a name, so no comparison need mind the line's end.
   */
  function readField(text: string, start: number, end: number): void {
    const first = text.charCodeAt(start)
    let colon: number
    if (first === COLON) {
      if (onComment) onComment(valueAfter(text, start, end))
      return
    }
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
      else if (line === 'data') addData('\n')
      return
    }
    // A field without a colon is one without a value; with other letters after its name it is another field.
    if (text.charCodeAt(colon) !== COLON && colon !== end) return
    const value = valueAfter(text, colon, end)
    if (first === 101) type = value
    // A NUL in it could not travel back in a header: the standard has such an id ignored.
    else if (value.indexOf('\0') < 0) id = value
  }

  /** Reads the lines of text from `start` on; keeps what comes after the last. It may have carriage returns unless that is -1. */
  function readLines(text: string, start: number, carriageReturn: number): void {
    const { length } = text
    if (carriageReturn >= 0 || length - start > room) {
      readAnyLines(text, start)
      return
    }
    // What follows is the same for lines that end with line feeds alone, and cannot be too large.
    const before = resets
    let end = text.indexOf('\n', start)
    while (end >= 0) {
      if (isData(text, start)) {
        const from = text.charCodeAt(start + 5) === SPACE ? start + 6 : start + 5
        start = end + 1
        if (text.charCodeAt(start) !== LF) addData(text.slice(from, start))
        else {
          const last = text.slice(from, end)
          start++
          if (data) dispatch(data + last)
          else {
            // Mostly the only data line of its event: as dispatch() does, without a call.
            if (id !== undefined) lastEventId = id
            const event = { type: type || 'message', data: last, id, lastEventId }
            // Only what is set: a store costs more than a comparison.
            if (id !== undefined) id = undefined
            if (type !== undefined) type = undefined
            if (onEvent) onEvent(event)
          }
          if (resets !== before) return
        }
      } else {
        if (end > start) readField(text, start, end)
        // An empty line, or the one behind a field: that need not be sought.
        const isEmpty = end === start
        start = end + 1
        if (isEmpty || text.charCodeAt(start) === LF) {
          if (!isEmpty) start++
          if (resets === before) endEvent()
        }
        if (resets !== before) return
      }
      end = start < length ? text.indexOf('\n', start) : -1
    }
    if (start < length) keep(text.slice(start))
  }

  /** The same, with whatever endings. */
  function readAnyLines(text: string, start: number): void {
    const { length } = text
    const before = resets
    // The next line ending of either kind: `length` once there is none, and then it is not sought again.
    let lineFeed = -1
    let carriageReturn = -1
    while (start < length) {
      const first = text.charCodeAt(start)
      if (first === LF || first === CR) {
        start = skipEnding(text, start)
        endEvent()
      } else {
        if (lineFeed < start) {
          lineFeed = text.indexOf('\n', start)
          if (lineFeed < 0) lineFeed = length
        }
        if (carriageReturn < start) {
          carriageReturn = text.indexOf('\r', start)
          if (carriageReturn < 0) carriageReturn = length
        }
        const end = lineFeed < carriageReturn ? lineFeed : carriageReturn
        if (end === length) break
        checkSize(end - start)
        const line = start
        start = skipEnding(text, end)
        if (!isData(text, line)) readField(text, line, end)
        else {
          const value = valueAfter(text, line + 4, end)
          const following = text.charCodeAt(start)
          if (following === LF || following === CR) {
            start = skipEnding(text, start)
            dispatch(data + value)
          } else addData(`${value}\n`)
        }
      }
      if (resets !== before) return
    }
    if (start < length) keep(text.slice(start))
  }

  /** Takes one decoder for whole characters and one for parts of them: Node's is faster that never saw a part. */
  function decode(chunk: Uint8Array): string {
    const wasWithin = withinCharacter
    if (chunk.length > 0) withinCharacter = chunk[chunk.length - 1]! > 127
    const which = wasWithin || withinCharacter ? 1 : 0
    // UTF-8 if not told otherwise. The mark is kept by the decoder, and dropped by us, so that only one is.
    if (!decoders[which]) decoders[which] = new TextDecoder(undefined, { ignoreBOM: true })
    return decoders[which].decode(chunk, { stream: !!which })
  }

  function push(chunk: string | Uint8Array): void {
    let text = typeof chunk === 'string' ? chunk : decode(chunk)
    if (text === '') return
    if (!started) {
      started = true
      // A regular expression, as it also gives engines a string made of many in one piece.
      text = text.replace(/^\ufeff/, '')
    }
    let start = afterCarriageReturn && text.charCodeAt(0) === LF ? 1 : 0
    const carriageReturn = text.indexOf('\r')
    afterCarriageReturn = carriageReturn >= 0 && text.charCodeAt(text.length - 1) === CR
    if (lineLength > 0) {
      const lineFeed = text.indexOf('\n')
      start = carriageReturn >= 0 && (lineFeed < 0 || carriageReturn < lineFeed) ? carriageReturn : lineFeed
      if (start < 0) {
        keep(text)
        return
      }
      // Read by itself: the rest of the chunk stays the string that it is. With a line feed that follows: it belongs to the
      // carriage return, or is the end of the event.
      start++
      if (text.charCodeAt(start) === LF) start++
      let line = rope + text.slice(0, start)
      if (blocks.length > 0) {
        blocks.push(line)
        line = blocks.join('')
      }
      dropLine()
      const before = resets
      readLines(line, 0, carriageReturn)
      if (resets !== before) return
    }
    readLines(text, start, carriageReturn)
  }

  return {
    push,
    reset,
    get lastEventId() {
      return lastEventId
    },
  }
}
