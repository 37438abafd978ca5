import { withCorsCheck } from './cors.ts'
import { defineEventSource } from './event-source.ts'
import type { EventSourceConstructor, EventSourceInstance } from './event-source-types.ts'
import { fetchTransport } from './fetch-transport.ts'
import { addresses } from './url.ts'

export type EventSource = EventSourceInstance

/**
 * The EventSource of the WHATWG HTML standard over fetch streams: a drop-in for platforms that have none, and for pages
 * that need it to behave alike everywhere.
 */
export const EventSource: EventSourceConstructor = /*#__PURE__*/ defineEventSource(() => ({
  Target: EventTarget,
  createEvent: (type, init) => (init ? new MessageEvent(type, init) : new Event(type)),
  transport: withCorsCheck(fetchTransport),
  addresses,
  syntaxError: message => new DOMException(message, 'SyntaxError'),
  toStringTag: Symbol.toStringTag,
}))
