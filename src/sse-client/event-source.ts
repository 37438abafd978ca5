import { type Connection, createConnection } from './connection.ts'
import { pickEventTarget } from './event-target.ts'
import { fetchTransport } from './fetch-transport.ts'
import { watchPageLife } from './page-life.ts'
import { canStreamFetch, root } from './platform.ts'
import { idAsHeader } from './request.ts'
import { createTaskQueue } from './task.ts'
import { xhrTransport } from './xhr-transport.ts'

export interface EventSourceInit {
  /** Send cookies and the like to other origins as well. Default false. */
  withCredentials?: boolean
  /** Beyond the standard: used in place of the global fetch, to add headers or to go through a proxy. */
  fetch?: typeof fetch
}

export interface EventSourceEventMap {
  open: Event
  message: MessageEvent<string>
  error: Event
}

type Handler<Type extends keyof EventSourceEventMap> =
  | ((this: EventSource, event: EventSourceEventMap[Type]) => unknown)
  | null

/** WHATWG HTML, "The EventSource interface". */
export interface EventSource extends EventTarget {
  readonly CONNECTING: 0
  readonly OPEN: 1
  readonly CLOSED: 2
  /** The address, made absolute. */
  readonly url: string
  readonly withCredentials: boolean
  readonly readyState: 0 | 1 | 2
  /** Beyond the standard: the id that a reconnection would resume from. */
  readonly lastEventId: string
  onopen: Handler<'open'>
  onmessage: Handler<'message'>
  onerror: Handler<'error'>
  close(): void
  addEventListener<Type extends keyof EventSourceEventMap>(
    type: Type,
    listener:
      | ((this: EventSource, event: EventSourceEventMap[Type]) => unknown)
      | { handleEvent(event: EventSourceEventMap[Type]): unknown }
      | null,
    options?: boolean | AddEventListenerOptions,
  ): void
  addEventListener(
    type: string,
    listener:
      | ((this: EventSource, event: MessageEvent<string>) => unknown)
      | { handleEvent(event: MessageEvent<string>): unknown }
      | null,
    options?: boolean | AddEventListenerOptions,
  ): void
  removeEventListener(
    type: string,
    listener:
      | ((this: EventSource, event: MessageEvent<string>) => unknown)
      | { handleEvent(event: MessageEvent<string>): unknown }
      | null,
    options?: boolean | EventListenerOptions,
  ): void
}

export interface EventSourceConstructor {
  new (url: string | URL, init?: EventSourceInit): EventSource
  readonly prototype: EventSource
  readonly CONNECTING: 0
  readonly OPEN: 1
  readonly CLOSED: 2
}

const CONNECTING = 0
const OPEN = 1
const CLOSED = 2

/** Wait before a reconnection in ms, where the server names none: what browsers take. */
const RECONNECTION_TIME = 3000

/** Longest wait after failures in a row, in ms; the standard allows such a backoff. */
const MAX_RECONNECTION_TIME = 30_000

/** An event source's inside. Kept in one property, which also tells an event source from any other `this`. */
interface Inside {
  url: string
  withCredentials: boolean
  readyState: 0 | 1 | 2
  connection: Connection
  close: () => void
  handlers: { [type: string]: { value: unknown; listener: (event: Event) => void } | undefined }
}

function defineEventSource(): EventSourceConstructor {
  const { Target, createEvent } = pickEventTarget()

  class EventSource extends Target {
    declare _: Inside
    constructor(url: string | URL, init: EventSourceInit = {}) {
      super()
      // biome-ignore lint/complexity/noArguments: the standard has a missing address told from an undefined one.
      if (arguments.length === 0) throw new TypeError('An EventSource needs the address to connect to')
      Object.defineProperty(this, '_', { value: openSource(this, resolveUrl(url), init || {}, createEvent) })
    }
    close(): void {
      this._.close()
    }
  }

  const { prototype } = EventSource
  const read = (name: string, get: (inside: Inside) => unknown) =>
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: EventSource) {
        return get(this._)
      },
    })
  read('url', inside => inside.url)
  read('withCredentials', inside => inside.withCredentials)
  read('readyState', inside => inside.readyState)
  read('lastEventId', inside => inside.connection.lastEventId)
  for (const type of ['open', 'message', 'error'])
    Object.defineProperty(prototype, `on${type}`, {
      configurable: true,
      enumerable: true,
      get(this: EventSource) {
        return this._.handlers[type]?.value || null
      },
      set(this: EventSource, value: unknown) {
        setHandler(this, type, value)
      },
    })
  Object.defineProperty(prototype, 'close', { enumerable: true })
  for (const target of [EventSource, prototype])
    for (const [name, value] of [
      ['CONNECTING', CONNECTING],
      ['OPEN', OPEN],
      ['CLOSED', CLOSED],
    ] as const)
      Object.defineProperty(target, name, { value, enumerable: true })
  if (typeof Symbol === 'function' && Symbol.toStringTag)
    Object.defineProperty(prototype, Symbol.toStringTag, { value: 'EventSource', configurable: true })
  return EventSource as unknown as EventSourceConstructor
}

/** Sets an `on…` attribute: it takes its place among the listeners when it is first set, and leaves it at null. */
function setHandler(source: EventTarget & { _: Inside }, type: string, value: unknown): void {
  const { handlers } = source._
  const present = handlers[type]
  const isHandler = typeof value === 'function' || (typeof value === 'object' && value !== null)
  if (!isHandler) {
    if (present) source.removeEventListener(type, present.listener)
    handlers[type] = undefined
  } else if (present) present.value = value
  else {
    const handler = {
      value,
      listener(event: Event) {
        if (typeof handler.value === 'function') handler.value.call(source, event)
      },
    }
    handlers[type] = handler
    source.addEventListener(type, handler.listener)
  }
}

/** Starts the connection of a source and dispatches what comes to it, each event as a task of its own. */
function openSource(
  target: EventTarget,
  url: string,
  { withCredentials = false, fetch }: EventSourceInit,
  createEvent: (type: string, init?: MessageEventInit) => Event,
): Inside {
  const queueTask = createTaskQueue()
  let reconnectionTime = RECONNECTION_TIME
  let origin = ''
  let waiting = 0
  let drained: (() => void) | undefined

  /** Runs in a task, unless closed by then. */
  const later = (task: () => void) => {
    waiting++
    queueTask(() => {
      waiting--
      if (inside.readyState !== CLOSED) task()
      if (waiting === 0 && drained) drained()
    })
  }

  const connection = createConnection({
    transport: fetch || canStreamFetch() ? fetchTransport : xhrTransport,
    prepare() {
      const headers: [string, string][] = [['Accept', 'text/event-stream']]
      const id = idAsHeader(connection.lastEventId)
      if (id) headers.push(['Last-Event-ID', id])
      return {
        url,
        method: 'GET',
        headers,
        body: undefined,
        credentials: withCredentials ? 'include' : 'same-origin',
        fetch,
        peek: 0,
      }
    },
    idleTimeout: 0,
    lastEventId: '',
    decide({ code }, failures) {
      if (code !== 'network' && code !== 'end') return false
      return Math.max(
        reconnectionTime,
        Math.min(reconnectionTime * 2 ** Math.min(failures - 1, 20), MAX_RECONNECTION_TIME),
      )
    },
    onOpen(head) {
      origin = originOf(head.url || url)
      later(() => {
        inside.readyState = OPEN
        target.dispatchEvent(createEvent('open'))
      })
    },
    onRetry(ms) {
      reconnectionTime = ms
    },
    onEvent({ type, data, lastEventId }) {
      later(() => {
        target.dispatchEvent(createEvent(type, { data, origin, lastEventId }))
      })
    },
    onChunk() {
      // Read on when what has come is dispatched, so that a burst does not pile up.
      if (waiting > 0)
        return new Promise(resolve => {
          drained = resolve
        })
    },
    onFailure(_, delay) {
      later(() => {
        inside.readyState = delay === false ? CLOSED : CONNECTING
        if (delay === false) unwatch()
        target.dispatchEvent(createEvent('error'))
      })
    },
  })
  const unwatch = watchPageLife({ onWake: () => connection.wake() })

  const inside: Inside = {
    url,
    withCredentials: !!withCredentials,
    readyState: CONNECTING,
    connection,
    handlers: {},
    close() {
      inside.readyState = CLOSED
      unwatch()
      connection.close()
    },
  }
  return inside
}

/** The address made absolute against the page or worker. Throws a SyntaxError DOMException if it is none. */
function resolveUrl(url: string | URL): string {
  const { document, location } = root
  const base = document?.baseURI || location?.href
  const text = `${url}`
  try {
    if (typeof root.URL === 'function') return new URL(text, base).href
    const link = document.createElement('a')
    link.href = text
    // Reading it back makes old engines resolve it.
    link.href = String(link.href)
    if (link.protocol !== ':' && link.protocol !== '') return link.href
  } catch {
    // Told below, the same way for each.
  }
  const message = `Cannot open an EventSource to '${text}': not a valid URL`
  // Where DOMException is no constructor the language's own SyntaxError has the same name.
  throw typeof root.DOMException === 'function'
    ? new DOMException(message, 'SyntaxError')
    : new SyntaxError(message)
}

/** The origin of an address, as MessageEvent gives it. */
function originOf(url: string): string {
  if (typeof root.URL === 'function') return new URL(url).origin
  const match = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)
  return match ? match[0].toLowerCase() : ''
}

/**
 * The EventSource of the WHATWG HTML standard, over fetch streams (or XMLHttpRequest where they are missing): a drop-in
 * for platforms that have none, and for pages that need it to behave alike everywhere.
 */
export const EventSource: EventSourceConstructor = /*#__PURE__*/ defineEventSource()
