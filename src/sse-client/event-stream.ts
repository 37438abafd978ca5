import type { EventStream, EventStreamOptions, ParseOption } from './event-stream-options.ts'
import { fetchTransport } from './fetch-transport.ts'
import { nativeTransport } from './native-transport.ts'
import { openEventStream } from './open-event-stream.ts'

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
  return openEventStream(
    options,
    { auto: fetchTransport, fetch: fetchTransport, eventsource: nativeTransport },
    Symbol.asyncIterator,
  )
}
