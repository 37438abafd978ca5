import { type Connection, createConnection } from './connection.ts'
import { type StreamError, streamError } from './errors.ts'
import { createEventQueue } from './event-queue.ts'
import type {
  EachAttempt,
  EventStream,
  EventStreamOptions,
  NamedEvent,
  ParseOption,
  StreamEvent,
} from './event-stream-options.ts'
import { createOnce, REMEMBERED_IDS } from './once.ts'
import { watchPageLife } from './page-life.ts'
import type { ParsedEvent } from './parser.ts'
import { reportError } from './platform.ts'
import { headerPairs, idAsHeader, withParam } from './request.ts'
import { type BackoffOptions, backoff } from './retry-policy.ts'
import type { StreamRequest, Transport } from './transport.ts'
import { createWatchdog } from './watchdog.ts'

/** How much of a refused response's body an error carries, in bytes. */
const PEEK = 16 * 1024

/** Default of `idleTimeout`, in ms: three heartbeats of 15 s, the field's usual. */
const IDLE_TIMEOUT = 45_000

/** What each word for a transport stands for; ES5 engines need another `auto` than today's. */
export interface Transports {
  auto: Transport
  fetch: Transport
  eventsource: Transport
  xhr?: Transport
}

/** See `createEventStream`, which knows the transports, and by what name the stream is iterated. */
export function openEventStream<Events extends object>(
  options: EventStreamOptions<Events> & ParseOption<Events>,
  transports: Transports,
  asyncIterator: symbol | '@@asyncIterator',
): EventStream<Events> {
  type Event = StreamEvent<Events>
  const { signal, storage, onError } = options
  const parse = options.parse as ((data: string, type: string) => unknown) | undefined
  const native = options.transport === 'eventsource'
  const transport = pickTransport(options, transports)
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
  function call<First, Second>(
    callback: ((first: First, second: Second) => void) | undefined,
    first: First,
    second?: Second,
  ): void {
    try {
      callback?.(first, second as Second)
    } catch (error) {
      reportError(error)
    }
  }

  function deliver(parsed: ParsedEvent): void {
    if (isNew && parsed.id && !isNew(parsed.id)) return
    if (parse) {
      try {
        ;(parsed as { data: unknown }).data = parse(parsed.data, parsed.type)
      } catch (cause) {
        call(onError, streamError('parse', { cause }))
        return
      }
    }
    const event = parsed as unknown as Event
    if (pulled) queue.add(event)
    else delivered = event.lastEventId
    call(options.onEvent, event)
    if (parsed.type === 'message')
      call(options.onMessage, event as NamedEvent<'message', Events[keyof Events & 'message']>)
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
          url: id && param ? withParam(`${url}`, param, id) : `${url}`,
          method: options.method || (body == null ? 'GET' : 'POST'),
          headers: headerPairs(headers, {
            accept: 'text/event-stream',
            'last-event-id': idAsHeader(id),
          }),
          body,
          credentials: options.withCredentials ? 'include' : options.credentials || 'same-origin',
          fetch: options.fetch,
          events: options.events,
        }
      },
    )
  }

  function decide(error: StreamError, failures: number): number | false {
    const { retry } = options
    if (retry === false || (error.code === 'end' && options.onEnd === 'stop')) return false
    // Numbers and functions have no bounds: for them it takes its own.
    const suggested = backoff(error, failures, serverDelay, retry as BackoffOptions)
    let decision: unknown = suggested
    try {
      if (typeof retry === 'function') decision = retry(error, failures, suggested)
      else if (suggested !== false && typeof retry === 'number') decision = retry
    } catch (thrown) {
      reportError(thrown)
    }
    // What is no wait (undefined, NaN, less than none) leaves it to the default.
    return decision === false || (decision as number) >= 0 ? (decision as number | false) : suggested
  }

  const watchdog = createWatchdog(
    options.idleTimeout === undefined ? IDLE_TIMEOUT : options.idleTimeout,
    () => connection.fail(streamError('idle')),
  )

  const connection: Connection = createConnection({
    transport,
    prepare,
    accept: options.accept,
    peek: PEEK,
    maxEventSize: options.maxEventSize,
    lastEventId: delivered,
    decide,
    onState(state) {
      if (state === 'connecting') watchdog.start()
      else if (state !== 'open') watchdog.stop()
    },
    onLife: watchdog.heard,
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
      const wait = pulled ? queue.demand() : undefined
      if (!wait) return
      // While nobody takes what there is, the silence is ours.
      watchdog.stop()
      return wait.then(() => {
        if (connection.state === 'open') watchdog.start()
      })
    },
    onFailure(error, delay) {
      const clean = error.code === 'end'
      const stoppedByServer = error.status === 204
      if (!clean && !stoppedByServer) call(onError, error, delay)
      if (delay === false) finish(clean || stoppedByServer ? undefined : error)
    },
  })

  const unwatch = watchPageLife(
    () => {
      if (watchdog.isSilent()) connection.reconnect()
      else connection.connectIf('waiting')
    },
    connection.pause,
    () => connection.connectIf('paused'),
    options.pauseWhenHidden,
  )
  if (signal) {
    if (signal.aborted) close()
    else signal.addEventListener('abort', close)
  }

  return {
    get state() {
      return connection.state
    },
    get lastEventId() {
      return delivered
    },
    get idleTimeout() {
      return watchdog.limit
    },
    set idleTimeout(ms: number) {
      watchdog.limit = ms
    },
    done,
    close,
    reconnect: connection.reconnect,
    next() {
      pulled = true
      return queue.take().then(result => {
        remember()
        return result
      })
    },
    return() {
      close()
      // Done, as nothing is left in it.
      return queue.take()
    },
    [asyncIterator]() {
      return this
    },
  } as unknown as EventStream<Events>
}

function each<Value>(value: EachAttempt<Value>): Value | Promise<Value> {
  return typeof value === 'function' ? (value as () => Value | Promise<Value>)() : value
}

function pickTransport<Events extends object>(
  { transport = 'auto', method, headers, body }: EventStreamOptions<Events>,
  transports: Transports,
): Transport {
  if (typeof transport === 'function') return transport
  const picked = transports[transport]
  const needsFetch = method || headers || body
  if (!picked || (transport === 'eventsource' && (needsFetch || typeof EventSource !== 'function')))
    throw streamError('unsupported', { cause: transport })
  return picked
}
