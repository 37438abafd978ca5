import { type Connection, createConnection } from './connection.ts'
import { type StreamError, streamError } from './errors.ts'
import { createEventQueue } from './event-queue.ts'
import type {
  EachAttempt,
  EventStream,
  EventStreamOptions,
  ParseOption,
  StreamEvent,
} from './event-stream-options.ts'
import { fetchTransport } from './fetch-transport.ts'
import { nativeTransport } from './native-transport.ts'
import { createOnce, REMEMBERED_IDS } from './once.ts'
import { watchPageLife } from './page-life.ts'
import type { ParsedEvent } from './parser.ts'
import { canStreamFetch, reportError } from './platform.ts'
import { headerPairs, idAsHeader, withParam } from './request.ts'
import { type BackoffOptions, backoff } from './retry-policy.ts'
import type { StreamRequest, Transport } from './transport.ts'
import { xhrTransport } from './xhr-transport.ts'

/** How much of a refused response's body an error carries, in bytes. */
const PEEK = 16 * 1024

/** Default of `idleTimeout`, in ms: three heartbeats of 15 s, the field's usual. */
const IDLE_TIMEOUT = 45_000

/**
 * Opens an event stream, and keeps it open until closed, ended by the policy, or told by the server (204).
 *
 * Consume it by call backs or by `for await`, one consumer each. Without `onEvent` or `onMessage` events wait for the
 * iterator, and reading with them; with either, events flow, and are kept for the iterator from its first `next()` on.
 *
 * Throws a StreamError `unsupported` when the transport asked for cannot do it here.
 */
export function createEventStream<Events extends object = Record<string, string>>(
  options: EventStreamOptions<Events> & ParseOption<Events>,
): EventStream<Events> {
  type Event = StreamEvent<Events>
  const { signal, storage, onError } = options
  const parse = options.parse as ((data: string, type: string) => unknown) | undefined
  const native = options.transport === 'eventsource'
  const transport = pickTransport(options)
  const storageKey = options.storageKey || `sse:${typeof options.url === 'function' ? '' : options.url}`

  let delivered = options.lastEventId || recall() || ''
  let stored = delivered
  let serverDelay: number | undefined
  let pulled = !options.onEvent && !options.onMessage
  let closed = false
  let settle: (error?: StreamError) => void
  const done = new Promise<StreamError | undefined>(resolve => {
    settle = resolve
  })

  const isNew = options.dedupe
    ? createOnce(options.dedupe === true ? REMEMBERED_IDS : options.dedupe)
    : undefined
  if (isNew && delivered) isNew(delivered)

  const queue = createEventQueue<Event>(event => {
    delivered = event.lastEventId
  })

  function recall(): string | null | undefined {
    try {
      return storage?.getItem(storageKey)
    } catch {
      // Storage may be forbidden; resuming over reloads is then not to be had.
    }
  }

  function remember(): void {
    if (!storage || stored === delivered) return
    stored = delivered
    try {
      storage.setItem(storageKey, stored)
    } catch {
      // As above; or it is full.
    }
  }

  /** Calls back; what that throws is the caller's own, and may not break the stream. */
  function call<Argument extends unknown[]>(
    callback: ((...args: Argument) => void) | undefined,
    ...args: Argument
  ): void {
    try {
      if (callback) callback(...args)
    } catch (error) {
      reportError(error)
    }
  }

  function deliver(parsed: ParsedEvent): void {
    if (isNew && parsed.id && !isNew(parsed.id)) return
    let data: unknown = parsed.data
    if (parse) {
      try {
        data = parse(parsed.data, parsed.type)
      } catch (cause) {
        const error = streamError(
          'parse',
          `Could not parse an event: ${(cause as Error)?.message || cause}`,
          { cause },
        )
        call(onError, error, undefined)
        return
      }
    }
    const event = { type: parsed.type, data, id: parsed.id, lastEventId: parsed.lastEventId } as Event
    if (pulled) queue.add(event)
    else delivered = event.lastEventId
    call(options.onEvent, event)
    if (event.type === 'message') call(options.onMessage, event as Extract<Event, { type: 'message' }>)
  }

  function finish(error?: StreamError): void {
    if (closed) return
    closed = true
    unwatch()
    if (signal) signal.removeEventListener('abort', close)
    connection.close()
    queue.end(error)
    remember()
    settle(error)
  }

  function close(): void {
    queue.clear()
    finish()
  }

  function prepare(): Promise<StreamRequest> {
    return Promise.all([each(options.url), each(options.headers), each(options.body)]).then(
      ([url, headers, body]) => {
        const id = connection.lastEventId
        const param = options.lastEventIdParam || (native ? 'last_event_id' : '')
        return {
          url: id && param ? withParam(String(url), param, id) : String(url),
          method: options.method || (body == null ? 'GET' : 'POST'),
          headers: headerPairs(headers, { Accept: 'text/event-stream', 'Last-Event-ID': idAsHeader(id) }),
          body,
          credentials: options.withCredentials ? 'include' : options.credentials || 'same-origin',
          fetch: options.fetch,
          events: options.events,
          peek: PEEK,
        }
      },
    )
  }

  function decide(error: StreamError, failures: number): number | false {
    const { retry } = options
    if (error.code === 'end' && options.onEnd === 'stop') return false
    if (retry === false) return false
    const bounds: BackoffOptions | undefined = typeof retry === 'object' ? retry : undefined
    const suggested = backoff(error, { failures, serverDelay }, bounds)
    if (typeof retry === 'number') return suggested === false ? false : retry
    if (typeof retry !== 'function') return suggested
    try {
      const decision = retry(error, failures, suggested)
      return decision === undefined ? suggested : decision
    } catch (thrown) {
      reportError(thrown)
      return suggested
    }
  }

  const connection: Connection = createConnection({
    transport,
    prepare,
    accept: options.accept,
    maxEventSize: options.maxEventSize,
    idleTimeout: options.idleTimeout === undefined ? IDLE_TIMEOUT : options.idleTimeout,
    lastEventId: delivered,
    decide,
    onOpen: head => call(options.onConnect, head),
    onLost: error => call(options.onDisconnect, error),
    onEvent: deliver,
    onComment: comment => call(options.onComment, comment),
    onRetry: ms => {
      serverDelay = ms
    },
    onChunk() {
      // An id may come without an event.
      if (queue.length === 0) delivered = connection.lastEventId
      remember()
      return pulled ? queue.demand() : undefined
    },
    onFailure(error, delay) {
      const clean = error.code === 'end'
      const stoppedByServer = error.status === 204
      if (!clean && !stoppedByServer) call(onError, error, delay)
      if (delay === false) finish(clean || stoppedByServer ? undefined : error)
    },
  })

  const unwatch = watchPageLife({
    onWake: () => connection.wake(),
    onHidden: options.pauseWhenHidden
      ? hidden => {
          if (hidden) connection.pause()
          else if (connection.state === 'paused') connection.reconnect()
        }
      : undefined,
  })
  if (signal) {
    if (signal.aborted) close()
    else signal.addEventListener('abort', close)
  }

  const stream = {
    get state() {
      return connection.state
    },
    get lastEventId() {
      return delivered
    },
    get idleTimeout() {
      return connection.idleTimeout
    },
    set idleTimeout(ms: number) {
      connection.idleTimeout = ms
    },
    done,
    close,
    reconnect: () => connection.reconnect(),
    next() {
      pulled = true
      return queue.take().then(result => {
        remember()
        return result
      })
    },
    return() {
      close()
      return Promise.resolve({ done: true, value: undefined })
    },
  } as EventStream<Events>
  // Where there are no symbols (ES5) next() and return() are there all the same.
  if (typeof Symbol === 'function' && Symbol.asyncIterator) stream[Symbol.asyncIterator] = () => stream
  return stream
}

function each<Value>(value: EachAttempt<Value>): Value | Promise<Value> {
  return typeof value === 'function' ? (value as () => Value | Promise<Value>)() : value
}

function pickTransport<Events extends object>(options: EventStreamOptions<Events>): Transport {
  const { transport = 'auto' } = options
  if (transport === 'eventsource') {
    const method = options.method || 'GET'
    if (options.headers || options.body || method.toUpperCase() !== 'GET')
      throw streamError('unsupported', 'The transport eventsource can do GET without headers and body only')
    if (typeof EventSource !== 'function') throw streamError('unsupported', 'There is no EventSource here')
    return nativeTransport
  }
  if (transport === 'fetch' || (transport === 'auto' && (options.fetch || canStreamFetch()))) {
    if (!options.fetch && !canStreamFetch())
      throw streamError('unsupported', 'fetch cannot stream a response here')
    return fetchTransport
  }
  if (typeof XMLHttpRequest !== 'function')
    throw streamError('unsupported', 'There is no XMLHttpRequest here')
  return xhrTransport
}
