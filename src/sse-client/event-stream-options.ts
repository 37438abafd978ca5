import type { StreamError } from './errors.ts'
import type { BackoffOptions } from './retry-policy.ts'
import type { ResponseHead, Transport } from './transport.ts'

/** Names of events and what their data parse to; without `parse` every value is a string. */
export type EventMap = { [type: string]: unknown }

/** An event of one name. */
export interface NamedEvent<Type extends string, Data> {
  /** The event's name; `message` where the server gave none. */
  type: Type
  data: Data
  /** The `id:` of this very event, if it had one. */
  id: string | undefined
  /** The id that a reconnection after this event would resume from. */
  lastEventId: string
}

/** One event of a stream: a union over the names, so that a switch on `type` narrows `data`. */
export type StreamEvent<Events extends object> = {
  [Type in keyof Events & string]: NamedEvent<Type, Events[Type]>
}[keyof Events & string]

/** A value, or a function that makes it (or its promise) anew for each attempt. */
export type EachAttempt<Value> = Value | (() => Value | Promise<Value>)

export type StreamHeaders = Headers | Record<string, string> | [string, string][]

/** The part of Storage that keeps the last id. sessionStorage fits. */
export interface IdStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

/**
 * Decides after each failure. A number is the wait in ms, false ends the stream, undefined (or what is no wait: NaN, less
 * than 0) leaves it to the default, whose decision is `suggested`. `failures` counts those in a row, this one included.
 */
export type RetryPolicy = (
  error: StreamError,
  failures: number,
  suggested: number | false,
) => number | false | undefined

export interface EventStreamOptions<Events extends object> {
  /** Address; relative ones against the page. A function is asked at each attempt. */
  url: EachAttempt<string | URL>
  /** Default GET, or POST where there is a body. */
  method?: string
  /** Request headers. A function is asked at each attempt: the place for a fresh token. */
  headers?: EachAttempt<StreamHeaders | undefined>
  /** Request body. A stream can be read only once: give a function that makes it. */
  body?: EachAttempt<BodyInit | null | undefined>
  /** Like fetch; default same-origin. */
  credentials?: RequestCredentials
  /** EventSource's word for `credentials: 'include'`. */
  withCredentials?: boolean
  /** Ends the stream, like `close()`. */
  signal?: AbortSignal
  /**
   * `auto` (default): fetch; in the script files XMLHttpRequest where fetch cannot stream.
   * `eventsource`: the platform's own class, which can do GET without headers only and must be told the names of the
   * events in `events`. `xhr`: XMLHttpRequest, in the script files; the modules leave it out, and take `xhrTransport`
   * from `sse-client/xhr` instead.
   */
  transport?: 'auto' | 'fetch' | 'xhr' | 'eventsource' | Transport
  /** Used in place of the global fetch. */
  fetch?: typeof fetch
  /** For the transport `eventsource`: names of the events to hear, beside `message`. */
  events?: readonly string[]

  /** After a failure or end: a policy, a fixed wait in ms, false for never, or the default backoff's bounds. */
  retry?: RetryPolicy | BackoffOptions | number | false
  /** What a clean end by the server means: `reconnect` (default: a feed) or `stop` (an answer that is complete). */
  onEnd?: 'reconnect' | 'stop'
  /** Reconnect after so many ms in which nothing, not even a comment, came. Default 45,000; 0 for never. */
  idleTimeout?: number
  /** Largest event, in UTF-16 units. Default 4 MiB. */
  maxEventSize?: number
  /** Resume from this id. */
  lastEventId?: string
  /** Also put the last id into this query parameter. Default: `last_event_id` for `eventsource`, which sends no header. */
  lastEventIdParam?: string
  /** Keeps the last id, so that a reload resumes: `sessionStorage`, or whatever has getItem and setItem. */
  storage?: IdStorage | undefined
  /** Default `sse:` and the URL. */
  storageKey?: string
  /** Drop events whose id was seen among the last 1,000 (or so many as given). Default false. */
  dedupe?: boolean | number
  /** Disconnect while the page is hidden. Default false. */
  pauseWhenHidden?: boolean
  /** Takes or refuses a response; undefined leaves it to the standard: status 200 and text/event-stream. */
  accept?: (head: ResponseHead) => boolean | undefined

  /** The head of a response was accepted. */
  onConnect?: (head: ResponseHead) => void
  /** An open connection is over: with its error (code `end` for a clean end), or undefined if dropped from here. */
  onDisconnect?: (error: StreamError | undefined) => void
  /** Every event. */
  onEvent?: (event: StreamEvent<Events>) => void
  /** Events named `message`, or not named. */
  onMessage?: (event: NamedEvent<'message', Events[keyof Events & 'message']>) => void
  onComment?: (comment: string) => void
  /** A failure. `delay`: ms until the next attempt; false if the stream is closed; undefined if it just goes on. */
  onError?: (error: StreamError, delay: number | false | undefined) => void
}

/** Data are strings unless `parse` makes something of them: then, and only then, `Events` may say what. */
export type ParseOption<Events extends object> = [Events[keyof Events]] extends [string]
  ? { parse?: (data: string, type: string) => Events[keyof Events] }
  : { parse: (data: string, type: string) => Events[keyof Events] }

export type StreamState = 'connecting' | 'open' | 'waiting' | 'paused' | 'closed'

/**
 * An open event stream. As an async iterator it gives one event after the other, reads no further while nobody asks,
 * ends when the stream is closed and throws the StreamError that ended it.
 */
export interface EventStream<Events extends object> {
  readonly state: StreamState
  /** Id of the last event delivered that had one: give it to a later stream to resume. */
  readonly lastEventId: string
  /** Longest silence in ms, 0 for no limit. May be set at any time, say when the server tells its heartbeat. */
  idleTimeout: number
  /** Fulfilled when the stream is closed: with the error that ended it, or undefined. Never rejected. */
  readonly done: Promise<StreamError | undefined>
  close(): void
  /** Drop the connection, or the wait for one, and connect at once. */
  reconnect(): void
  next(): Promise<IteratorResult<StreamEvent<Events>, undefined>>
  return(): Promise<IteratorResult<StreamEvent<Events>, undefined>>
  [Symbol.asyncIterator](): EventStream<Events>
}
