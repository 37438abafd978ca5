import type { EventSourceConstructor, EventSourceInit } from './event-source-types.ts'
import { noop } from './platform.ts'
import { openSource, type Source } from './source-connection.ts'
import type { Transport } from './transport.ts'
import type { Addresses } from './url.ts'

/** What stands behind an event source. In one property, which also tells an event source from any other `this`. */
interface Inside {
  source: Source
  handlers: { [type: string]: { value: unknown; listener: (event: Event) => void } | undefined }
}

/** What an event source is made of; ES5 engines need other things than today's. */
export interface SourcePlatform {
  Target: typeof EventTarget
  /** Makes an event for the target: with `init` a MessageEvent. */
  createEvent: (type: string, init?: MessageEventInit) => Event
  transport: Transport
  addresses: Addresses
  /** What the standard wants thrown for an address that is none. */
  syntaxError: (message: string) => Error
  /** Where the class's name for `Object.prototype.toString` goes. */
  toStringTag: symbol | '@@toStringTag'
}

/** Makes the class. A function, so that a bundler can leave it out where it is not used. */
export function defineEventSource(getPlatform: () => SourcePlatform): EventSourceConstructor {
  const platform = getPlatform()

  const resolve = (url: string) => {
    try {
      return platform.addresses.resolve(url)
    } catch {
      throw platform.syntaxError(url)
    }
  }

  class EventSource extends platform.Target {
    declare _: Inside

    constructor(url: string | URL, ...rest: [init?: EventSourceInit & { cancel?: () => void }]) {
      super()
      // biome-ignore lint/complexity/noArguments: the standard tells a missing address from an undefined one.
      if (arguments.length === 0) throw new TypeError('No URL')
      const { withCredentials, fetch, cancel } = rest[0] || {}
      const source = openSource(this, platform, resolve(`${url}`), !!withCredentials, fetch, cancel)
      const value: Inside = { source, handlers: {} }
      Object.defineProperty(this, '_', { value })
    }

    static fromReadableStream(stream: ReadableStream<Uint8Array>): EventSource {
      const reader = stream.getReader()
      const response = {
        status: 200,
        headers: { get: () => 'text/event-stream' },
        body: { getReader: () => reader },
      } as unknown as Response
      return new EventSource('about:event-stream', {
        cancel: () => reader.cancel().then(noop, noop),
        fetch: () => Promise.resolve(response),
      })
    }

    close(): void {
      this._.source.close()
    }
  }

  const { prototype } = EventSource
  // Made in literals, which give accessors the names that Web IDL wants (`get url`), and make them enumerable.
  const move = (name: string, accessor: object) =>
    Object.defineProperty(prototype, name, Object.getOwnPropertyDescriptor(accessor, name)!)
  for (const name of ['url', 'withCredentials', 'readyState', 'lastEventId', 'reconnectionTime'] as const)
    move(name, {
      get [name]() {
        return (this as unknown as EventSource)._.source[name]
      },
    })
  for (const type of ['open', 'message', 'error']) {
    const name = `on${type}`
    move(name, {
      get [name]() {
        return (this as unknown as EventSource)._.handlers[type]?.value || null
      },
      set [name](value: unknown) {
        setHandler(this as unknown as EventSource, type, value)
      },
    })
  }
  // Named by their values.
  for (const target of [EventSource, prototype])
    ['CONNECTING', 'OPEN', 'CLOSED'].forEach((name, value) => {
      Object.defineProperty(target, name, { value, enumerable: true })
    })
  // Web IDL wants methods that are enumerable (and one required argument: hence the rest parameter).
  Object.defineProperty(EventSource, 'fromReadableStream', { enumerable: true })
  Object.defineProperty(prototype, 'close', { enumerable: true })
  Object.defineProperty(prototype, platform.toStringTag, { value: 'EventSource', configurable: true })
  return EventSource as unknown as EventSourceConstructor
}

/** Sets an `on…` attribute: it takes its place among the listeners when it is first set, and leaves it at null. */
function setHandler(source: EventTarget & { _: Inside }, type: string, value: unknown): void {
  const { handlers } = source._
  const present = handlers[type]
  // What is no object is no handler.
  if (value !== Object(value)) {
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
