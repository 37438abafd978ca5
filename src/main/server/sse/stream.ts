import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Frame } from './frame.ts'
import { streamStats } from './stats.ts'

/** Bytes that may wait for a client that does not read; past that it is dropped and catches up by replay. */
export const MAX_BACKLOG_BYTES = 1024 * 1024

/** Milliseconds that a client has to read the last bytes of a stream that the server ends. */
const LAST_BYTES_TIMEOUT = 2_000

const HEAD = [
  'Content-Type',
  'text/event-stream; charset=utf-8',
  // nginx would hold the events back.
  'X-Accel-Buffering',
  'no',
]
const CACHE_CONTROL = 'no-cache, no-transform'

/** Where frames for one client go: a stream of its own, or a page's share of one. */
export interface Sink {
  write(frame: Frame): void
  /** Bytes handed to the system that the client has not read yet. */
  readonly backlogBytes: number
  /** Resolves when the backlog has been read, or the stream has ended. */
  drained(): Promise<void>
  end(): void
}

/**
 * An open event stream over one HTTP response. It writes to the socket below node:http, whose per-response
 * bookkeeping costs more than the write itself when a thousand clients get the same bytes.
 */
export class EventStreamWriter implements Sink {
  readonly #response: ServerResponse
  readonly #socket: Socket
  readonly #chunked: boolean
  #ended = false

  /**
   * @param request answered with 200 and the head of an event stream at once.
   * @param onClose called once, never before the constructor returns.
   * @param headers more for the head, names and values in turn; those set on the response go with it too.
   */
  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    onClose: () => void,
    headers: readonly string[] = [],
  ) {
    this.#response = response
    this.#socket = request.socket
    this.#chunked = request.httpVersionMajor === 1 && request.httpVersionMinor >= 1
    // The head, `retry:` and hello go out in one packet, and in one call of the system.
    if (response.socket !== null) {
      this.#socket.cork()
      setImmediate(() => this.#socket.uncork())
    }
    const framing = this.#chunked ? ['Transfer-Encoding', 'chunked'] : ['Connection', 'close']
    const caching = String(response.getHeader('Cache-Control') ?? CACHE_CONTROL)
    response.writeHead(200, [...HEAD, 'Cache-Control', caching, ...framing, ...headers])
    response.flushHeaders()
    // The client went away; or the stream was ended, and the connection is kept for the client's next request.
    const closed = () => {
      this.#socket.off('close', closed)
      response.off('close', closed)
      onClose()
    }
    // It may have gone away while it was being admitted: its `close` has been.
    if (this.#socket.destroyed) queueMicrotask(onClose)
    else {
      this.#socket.on('close', closed)
      response.on('close', closed)
    }
    if (request.method === 'HEAD') {
      // The head is all that was asked for.
      this.#ended = true
      response.end()
    } else forget(request, response)
  }

  get backlogBytes(): number {
    return this.#response.socket === null ? this.#response.writableLength : this.#socket.writableLength
  }

  write(frame: Frame): void {
    if (this.#ended || this.#socket.destroyed) return
    // A response that waits behind another on the same connection (pipelining) has no socket yet.
    if (this.#response.socket === null) this.#response.write(frame.plain)
    else this.#socket.write(this.#chunked ? frame.chunked : frame.plain)
    if (this.backlogBytes > MAX_BACKLOG_BYTES) {
      streamStats.dropped++
      this.#socket.destroy()
    }
  }

  drained(): Promise<void> {
    if (this.#socket.destroyed || !this.#socket.writableNeedDrain) return Promise.resolve()
    return new Promise(resolve => {
      const done = () => {
        this.#socket.off('drain', done)
        this.#socket.off('close', done)
        resolve()
      }
      this.#socket.on('drain', done)
      this.#socket.on('close', done)
    })
  }

  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#response.end()
    // A client that has stopped reading would keep the connection for ever.
    const patience = setTimeout(() => this.#socket.destroy(), LAST_BYTES_TIMEOUT)
    this.#response.once('close', () => clearTimeout(patience))
  }
}

/** What Express and pino-http hang on a request and its response, and nobody reads once the stream is open. */
const HANGERS_ON = [
  'next',
  'res',
  'req',
  'log',
  'allLogs',
  'route',
  'params',
  'locals',
  '_parsedUrl',
  'originalUrl',
  'query',
] as const

const NO_HEADERS = Object.freeze({})
const NO_RAW_HEADERS: string[] = []

/**
 * Lets go of what the middleware made for this request. It would live as long as the stream: some 3 KiB for each of
 * thousands of silent subscribers. Set, not deleted: deleting would turn the objects into slow, larger ones.
 */
function forget(request: IncomingMessage, response: ServerResponse): void {
  for (const object of [request, response] as unknown as Record<string, unknown>[]) {
    for (const key of HANGERS_ON) if (Object.hasOwn(object, key)) object[key] = undefined
  }
  request.headers = NO_HEADERS
  request.rawHeaders = NO_RAW_HEADERS
  // The head as text: sent, and from now on only looked at to see whether there is one.
  const sent = response as unknown as { _header: string; _headerSent: boolean }
  if (sent._headerSent) sent._header = 'sent'
}
