/**
 * sse-client: Server-Sent Events for browsers, workers, Node, Bun and Deno. Depends on nothing.
 * @module
 */
export { isStreamError, type StreamError, type StreamErrorCode, type StreamErrorDetails } from './errors.ts'
export type {
  EventSourceConstructor,
  EventSourceEventMap,
  EventSourceInit,
  EventSourceInstance,
} from './event-source-types.ts'
export { createEventStream } from './event-stream.ts'
export type {
  EachAttempt,
  EventMap,
  EventStream,
  EventStreamOptions,
  IdStorage,
  NamedEvent,
  ParseOption,
  RetryPolicy,
  StreamEvent,
  StreamHeaders,
  StreamState,
} from './event-stream-options.ts'
export { EventSource } from './modern-event-source.ts'
export { createParser, type ParsedEvent, type Parser, type ParserOptions } from './parser.ts'
export type { BackoffOptions } from './retry-policy.ts'
export type { ResponseHead, StreamRequest, Transport, TransportSink } from './transport.ts'
