import { encodeComment, encodeEvent, type StreamEvent } from './encode.ts'

/** Characters: far below what may wait for a client, or a page of long lines would get it dropped. */
const MAX_PIECE = 64 * 1024

/**
 * Bytes to be written to any number of streams, encoded once in each form that a stream may need.
 * The chunk of HTTP/1.1's chunked coding (RFC 9112, section 7.1) is part of the bytes, so that a stream can
 * hand the shared buffer to its socket as it is, without node:http framing it anew for each.
 */
export class Frame {
  /** The events inside, for shared streams that wrap each for a page; none for comments. */
  readonly events: readonly StreamEvent[]
  readonly #text: string
  #plain: Buffer | undefined
  #chunked: Buffer | undefined

  private constructor(text: string, events: readonly StreamEvent[]) {
    this.#text = text
    this.events = events
  }

  static of(...events: StreamEvent[]): Frame {
    return new Frame(events.map(encodeEvent).join(''), events)
  }

  /** @returns the events in frames to be written one after the other, each when the client has taken the last. */
  static several(events: readonly StreamEvent[]): Frame[] {
    const frames: Frame[] = []
    let waiting: StreamEvent[] = []
    let length = 0
    for (const event of events) {
      waiting.push(event)
      length += event.data.length
      if (length < MAX_PIECE) continue
      frames.push(Frame.of(...waiting))
      waiting = []
      length = 0
    }
    if (waiting.length > 0) frames.push(Frame.of(...waiting))
    return frames
  }

  /** @returns one frame with what is in all of them, in this order. */
  static join(frames: readonly Frame[]): Frame {
    if (frames.length === 1) return frames[0]!
    return new Frame(
      frames.map(frame => frame.#text).join(''),
      frames.flatMap(frame => frame.events),
    )
  }

  static comment(text: string): Frame {
    return new Frame(encodeComment(text), [])
  }

  static text(text: string): Frame {
    return new Frame(text, [])
  }

  /** Characters. */
  get length(): number {
    return this.#text.length
  }

  /** For HTTP/1.0 clients, and for proxies that speak it. */
  get plain(): Buffer {
    this.#plain ??= Buffer.from(this.#text)
    return this.#plain
  }

  get chunked(): Buffer {
    this.#chunked ??= Buffer.concat([
      Buffer.from(`${this.plain.length.toString(16)}\r\n`, 'latin1'),
      this.plain,
      CRLF,
    ])
    return this.#chunked
  }
}

const CRLF = Buffer.from('\r\n', 'latin1')
