/**
 * The library for a script tag, in engines of ES5 too: the same as index.ts, but that EventSource makes do without
 * EventTarget, event constructors, URL and fetch streams.
 * @module
 */
import { withCorsCheck } from './cors.ts'
import { defineEventSource, type SourcePlatform } from './event-source.ts'
import type { EventSourceConstructor } from './event-source-types.ts'
import type { EventStream, EventStreamOptions, ParseOption } from './event-stream-options.ts'
import { fetchTransport } from './fetch-transport.ts'
import { nativeTransport } from './native-transport.ts'
import { openEventStream } from './open-event-stream.ts'
import { PlainTarget } from './plain-target.ts'
import { canStreamFetch, root } from './platform.ts'
import { type Addresses, addresses } from './url.ts'
import { xhrTransport } from './xhr-transport.ts'

export { isStreamError } from './errors.ts'
export { createParser } from './parser.ts'

const bestTransport = () => (canStreamFetch() ? fetchTransport : xhrTransport)

function canConstructEvents(): boolean {
  try {
    return !!new root.EventTarget() && !!new root.Event('x') && !!new root.MessageEvent('x')
  } catch {
    return false
  }
}

/** Addresses by way of a link, which has always known them. */
const linkAddresses: Addresses = {
  resolve(url) {
    const link = document.createElement('a')
    link.href = url
    // Set to what it reads as: old engines resolve only then.
    link.href = `${link.href}`
    // Today's engines give an address that is none back as it was.
    if (!/^[a-z][a-z0-9+.-]*:/i.test(link.href) || link.protocol === ':') throw new Error()
    return link.href
  },
  originOf(url) {
    const match = /^https?:\/\/[^/?#]*/i.exec(url)
    return match ? match[0].toLowerCase() : 'null'
  },
}

function pickPlatform(): SourcePlatform {
  const modern = canConstructEvents()
  return {
    Target: modern ? root.EventTarget : (PlainTarget as typeof EventTarget),
    createEvent(type, init) {
      if (modern) return init ? new MessageEvent(type, init) : new Event(type)
      const event: Record<string, unknown> = {
        type,
        bubbles: false,
        cancelable: false,
        defaultPrevented: false,
      }
      for (const key in init) event[key] = init[key as keyof MessageEventInit]
      return event as unknown as Event
    },
    transport: canStreamFetch() ? withCorsCheck(fetchTransport) : xhrTransport,
    addresses: typeof root.URL === 'function' ? addresses : linkAddresses,
    // Where DOMException is no constructor, the language's own SyntaxError has the same name.
    syntaxError: message =>
      typeof DOMException === 'function'
        ? new DOMException(message, 'SyntaxError')
        : new SyntaxError(message),
    toStringTag: (typeof Symbol === 'function' && Symbol.toStringTag) || '@@toStringTag',
  }
}

export function createEventStream<Events extends object = Record<string, string>>(
  options: EventStreamOptions<Events> & ParseOption<Events>,
): EventStream<Events> {
  return openEventStream(
    options,
    {
      auto: options.fetch ? fetchTransport : bestTransport(),
      fetch: fetchTransport,
      eventsource: nativeTransport,
      xhr: xhrTransport,
    },
    // Where there are no symbols next() and return() are there all the same.
    (typeof Symbol === 'function' && Symbol.asyncIterator) || '@@asyncIterator',
  )
}

export const EventSource: EventSourceConstructor = /*#__PURE__*/ defineEventSource(pickPlatform)
