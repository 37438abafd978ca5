import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodeComment, encodeEvent, encodeRetry, type StreamEvent } from './encode.ts'
import { Frame } from './frame.ts'
import { EventStreamWriter } from './stream.ts'

/** An event stream of a program of one's own, on any node:http server. */
export interface OpenEventStream {
  /**
   * Sends an event: `data` may be any text, its line breaks survive.
   * @returns false once more waits for the client than it takes (`drained()` tells when that is over), or the
   * stream has ended: stop publishing then. A client for which 1 MiB waits is cut off.
   * @throws TypeError for an event name or id with CR, LF or NUL.
   */
  publish(event: StreamEvent): boolean
  /** Sends a comment, which clients ignore: a sign of life for proxies. */
  comment(text: string): boolean
  /** Tells the client how many milliseconds to wait before it comes back. */
  retry(milliseconds: number): boolean
  /** What the client had when it was cut off: the `Last-Event-ID` header, else `?last_event_id=`; empty = nothing. */
  readonly lastEventId: string
  readonly ended: boolean
  /** Resolves when the client has gone, or `close` was called. */
  readonly closed: Promise<void>
  /** Resolves when what waited has been taken. */
  drained(): Promise<void>
  close(): void
}

/** Bytes that may wait before `publish` says false; as node:stream has it for a socket. */
const HIGH_WATER_MARK = 64 * 1024

/**
 * Answers a request with an event stream (WHATWG HTML, section 9.2): status 200, `text/event-stream`, not cached,
 * not held back by nginx, its head sent at once. Headers set on the response before the call go with it.
 */
export function openEventStream(request: IncomingMessage, response: ServerResponse): OpenEventStream {
  let ended = false
  let resolveClosed = () => {}
  const closed = new Promise<void>(resolve => {
    resolveClosed = resolve
  })
  const end = () => {
    ended = true
    resolveClosed()
  }
  // Read before the writer lets go of the request's headers.
  const lastEventId = lastEventIdOf(request)
  const writer = new EventStreamWriter(request, response, end)

  function write(text: string): boolean {
    if (ended) return false
    writer.write(Frame.text(text))
    return writer.backlogBytes < HIGH_WATER_MARK
  }

  return {
    publish: event => write(encodeEvent(event)),
    comment: text => write(encodeComment(text)),
    retry: milliseconds => write(encodeRetry(milliseconds)),
    lastEventId,
    get ended() {
      return ended
    },
    closed,
    drained: () => writer.drained(),
    close() {
      if (ended) return
      writer.end()
      end()
    },
  }
}

function lastEventIdOf(request: IncomingMessage): string {
  const header = request.headers['last-event-id']
  // Node gives header values byte by byte; the standard sends the id as UTF-8.
  if (typeof header === 'string' && header !== '') return Buffer.from(header, 'latin1').toString('utf8')
  const query = (request.url ?? '').split('?')[1] ?? ''
  return new URLSearchParams(query).get('last_event_id') ?? ''
}
