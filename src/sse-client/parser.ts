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

const DEFAULT_MAX_EVENT_SIZE = 4 * 1024 * 1024

const LF = 10
const CR = 13
const SPACE = 32
const COLON = 58
const BYTE_ORDER_MARK = 0xfeff

/** A rope of so many characters is put by and a new one begun: long ropes are slow to read. */
const LONG_ROPE = 512

/** What comes after a field's colon and one space. */
function valueAfter(text: string, colon: number, end: number): string {
  return text.slice(text.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1, end)
}

/**
 * Whether `data:` stands at `start`, where the character `first` is. By its characters: comparing slices would take most
 * of the parser's time. Each look at one costs a quarter of a search for the line's end, so none is looked at twice.
 */
function isData(text: string, start: number, first: number): boolean {
  return (
    first === 100 &&
    text.charCodeAt(start + 1) === 97 &&
    text.charCodeAt(start + 2) === 116 &&
    text.charCodeAt(start + 3) === 97 &&
    text.charCodeAt(start + 4) === COLON
  )
}

/** Whether a character stands at `at`. Engines are slow where they were once asked for one behind the end. */
function has(text: string, at: number, code: number): boolean {
  return at < text.length && text.charCodeAt(at) === code
}

/** The place of what is sought, or the text's length where there is none. */
function find(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from)
  return at < 0 ? text.length : at
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
  // A plain property: with a getter each parser would be of a shape of its own, and calls to it slow.
  const parser = { push, reset, lastEventId: options.lastEventId || '' }
  let decoders: TextDecoder[]
  /** Whether the last byte may be within a character: 0 or 1, the decoder to take. */
  let withinCharacter: number
  /** Grows with each reset: a call back that resets leaves the rest of the chunk to the stream that was. */
  let resets = 0

  /** Code of the character that is dropped if it comes next, or 0: a byte order mark, or the second half of a CRLF. */
  let dropped: number
  /** The line that has no end yet: its blocks, then what came in small pieces (a rope to the engine). */
  let blocks: string[]
  let rope: string
  let lineLength: number
  /** That line is a comment which nobody hears: only its length matters. */
  let unheard = false

  /** The data lines so far, each with a line feed behind it. */
  let data: string
  /** How many characters the next line may have, with the data lines of this event so far. */
  let room: number
  let type: string | undefined
  let id: string | undefined

  reset()

  function dropLine(): void {
    blocks = []
    rope = ''
    lineLength = 0
  }

  function reset(): void {
    resets++
    decoders = []
    withinCharacter = 0
    dropped = BYTE_ORDER_MARK
    dropLine()
    data = ''
    room = limit
    id = type = undefined
  }

  /** Throws if a line of so many characters is more than this event may have. */
  function checkSize(length: number): void {
    if (length <= room) return
    reset()
    throw streamError('too-large')
  }

  /** Keeps what has no line ending yet. */
  function keep(part: string): void {
    if (!lineLength) unheard = !onComment && part.charCodeAt(0) === COLON
    lineLength += part.length
    checkSize(lineLength)
    if (unheard) rope = ':'
    else if (rope.length < LONG_ROPE) rope += part
    else {
      blocks.push(rope, part)
      rope = ''
    }
  }

  /** A data line with its line feed. */
  function addData(line: string): void {
    data += line
    room -= line.length
  }

  /** Tells an event that is complete. */
  function tell(whole: string): void {
    if (id !== undefined) parser.lastEventId = id
    const event = { type: type || 'message', data: whole, id, lastEventId: parser.lastEventId }
    // Before the call back, so that it may reset or throw.
    data = ''
    room = limit
    id = type = undefined
    if (onEvent) onEvent(event)
  }

  /** An empty line: the end of an event, which is told unless it had no data. */
  function endEvent(): void {
    if (data) tell(data.slice(0, -1))
    else {
      if (id !== undefined) parser.lastEventId = id
      id = type = undefined
    }
  }

  /**
   * The line text[start, end), which is not empty and does not begin with `data:`. A line ending is none of the characters
   * of a name, so no comparison need mind the line's end.
   */
  function readField(text: string, start: number, end: number, first: number): void {
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
      const match = /^(?:retry: ?(\d+)|data)$/.exec(text.slice(start, end))
      if (match?.[1]) onRetry?.(+match[1])
      else if (match) addData('\n')
      return
    }
    // A field without a colon is one without a value; with other letters after its name it is another field.
    if (text.charCodeAt(colon) !== COLON && colon !== end) return
    const value = valueAfter(text, colon, end)
    if (first === 101) type = value
    // A NUL in it could not travel back in a header: the standard has such an id ignored.
    else if (value.indexOf('\0') < 0) id = value
  }

  /** Reads lines that end with line feeds alone and cannot be too large; keeps what comes after the last. */
  function readLines(text: string, start: number): void {
    const { length } = text
    const before = resets
    let end = text.indexOf('\n', start)
    while (end >= 0) {
      const next = end + 1
      const first = text.charCodeAt(start)
      if (isData(text, start, first)) {
        const colon = start + 4
        start = next
        if (has(text, next, LF)) {
          start++
          const last = valueAfter(text, colon, end)
          tell(data ? data + last : last)
        } else addData(valueAfter(text, colon, next))
      } else {
        if (first === LF) endEvent()
        else readField(text, start, end, first)
        start = next
        // Of a heartbeat: its empty line need not be sought.
        if (first === COLON && has(text, next, LF) && resets === before) {
          start++
          endEvent()
        }
      }
      if (resets !== before) return
      end = start < length ? text.indexOf('\n', start) : -1
    }
    if (start < length) keep(text.slice(start))
  }

  /** The same, with whatever endings. */
  function readAnyLines(text: string, start: number, carriageReturn: number): void {
    const { length } = text
    const before = resets
    // The next line ending of either kind: `length` once there is none, and then it is not sought again.
    let lineFeed = -1
    while (start < length) {
      const first = text.charCodeAt(start)
      if (first === LF || first === CR) {
        start++
        if (first === CR && has(text, start, LF)) start++
        endEvent()
      } else {
        if (lineFeed < start) lineFeed = find(text, '\n', start)
        if (carriageReturn < start) carriageReturn = find(text, '\r', start)
        const end = lineFeed < carriageReturn ? lineFeed : carriageReturn
        if (end === length) break
        checkSize(end - start)
        const line = start
        // A line feed next to the carriage return would be the next one.
        start = lineFeed === end + 1 ? end + 2 : end + 1
        if (!isData(text, line, first)) readField(text, line, end, first)
        else {
          const value = valueAfter(text, line + 4, end)
          if (has(text, start, CR)) {
            start++
            if (has(text, start, LF)) start++
          } else if (has(text, start, LF)) start++
          else {
            addData(`${value}\n`)
            continue
          }
          tell(data + value)
        }
      }
      if (resets !== before) return
    }
    if (start < length) keep(text.slice(start))
  }

  /** Takes one decoder for whole characters and one for parts of them: Node's is faster that never saw a part. */
  function decode(chunk: Uint8Array): string {
    const wasWithin = withinCharacter
    if (chunk.length > 0) withinCharacter = +(chunk[chunk.length - 1]! > 127)
    const which = wasWithin | withinCharacter
    // UTF-8 if not told otherwise. The mark is kept by the decoder, and dropped by us, so that only one is.
    if (!decoders[which]) decoders[which] = new TextDecoder(undefined, { ignoreBOM: true })
    return decoders[which].decode(chunk, { stream: !!which })
  }

  function push(chunk: string | Uint8Array): void {
    const text = typeof chunk === 'string' ? chunk : decode(chunk)
    const { length } = text
    // One character, a trickle: looked at it is known sooner than sought in.
    if (length === 1 && lineLength && text !== '\n' && text !== '\r') keep(text)
    else {
      const carriageReturn = text.indexOf('\r')
      if (carriageReturn < 0 && !dropped && !lineLength && length <= room) readLines(text, 0)
      else if (carriageReturn < 0 && lineLength && text.indexOf('\n') < 0) keep(text)
      else if (length) pushAny(text, carriageReturn)
    }
  }

  /** What push() does in every other case. */
  function pushAny(text: string, carriageReturn: number): void {
    const { length } = text
    let start = 0
    if (dropped) {
      if (text.charCodeAt(0) === dropped) start++
      dropped = 0
    }
    if (carriageReturn >= 0 && text.charCodeAt(length - 1) === CR) dropped = LF
    if (lineLength) {
      start = text.indexOf('\n')
      if (start < 0 || (carriageReturn >= 0 && carriageReturn < start)) start = carriageReturn
      checkSize(lineLength + start)
      const end = start++
      // Read by itself: the rest of the chunk stays the string that it is. With the empty lines that follow, as they may be
      // the end of the event.
      while (start < length && (has(text, start, LF) || has(text, start, CR))) start++
      let line = rope + text.slice(unheard ? end : 0, start)
      if (blocks.length) {
        blocks.push(line)
        line = blocks.join('')
      }
      dropLine()
      const before = resets
      read(line, 0, carriageReturn)
      if (resets !== before) return
    }
    if (start < length) read(text, start, carriageReturn)
  }

  /** Reads the lines from `start` on by the quick way, if they are of its kind. */
  function read(text: string, start: number, carriageReturn: number): void {
    if (carriageReturn < 0 && text.length - start <= room) readLines(text, start)
    else readAnyLines(text, start, carriageReturn < 0 ? text.length : -1)
  }

  return parser
}
