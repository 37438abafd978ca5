/**
 * sse-client: Server-Sent Events for browsers, workers, Node, Bun and Deno. Depends on nothing.
 * @module
 */
export { isStreamError, type StreamError, type StreamErrorCode, type StreamErrorDetails } from './errors.ts'
export {
  EventSource,
  type EventSourceConstructor,
  type EventSourceEventMap,
  type EventSourceInit,
} from './event-source.ts'
export { createEventStream } from './event-stream.ts'
export type {
  EachAttempt,
  EventMap,
  EventStream,
  EventStreamOptions,
  IdStorage,
  ParseOption,
  RetryPolicy,
  StreamEvent,
  StreamHeaders,
  StreamState,
} from './event-stream-options.ts'
export { createParser, type ParsedEvent, type Parser, type ParserOptions } from './parser.ts'
export type { BackoffOptions } from './retry-policy.ts'
export type { ResponseHead } from './transport.ts'
