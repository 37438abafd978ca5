import type { StreamError } from './errors.ts'
import type { ParsedEvent } from './parser.ts'

/** One attempt's request, all its parts resolved. */
export interface StreamRequest {
  url: string
  method: string
  headers: [name: string, value: string][]
  body: BodyInit | null | undefined
  credentials: RequestCredentials
  /** Used instead of the global fetch. */
  fetch?: typeof fetch | undefined
  /** Names of the events that the native EventSource must be told to listen for. */
  events?: readonly string[] | undefined
  /** How much of a refused response's body to read for the error, in bytes. */
  peek: number
}

/** The head of a response. */
export interface ResponseHead {
  status: number
  /** Address that answered, after redirects; '' where the platform doesn't tell. */
  url: string
  /** A header by its name (any case); null where absent or hidden by CORS. */
  header: (name: string) => string | null
}

/** Who a transport tells what comes. */
export interface TransportSink {
  /** The head has come. False refuses the response: the transport reports its beginning by `refused` and stops. */
  head(head: ResponseHead): boolean
  /** The refused response's first `peek` bytes, as text. */
  refused(body: string): void
  /** The next piece of the body. A promise asks not to read on before it is fulfilled, where that can be done. */
  chunk(chunk: string | Uint8Array): Promise<void> | undefined
  /** An event that the platform has parsed itself. */
  event(event: ParsedEvent): void
  /** The response is over: cleanly, if there is no error. */
  end(error?: StreamError): void
}

/**
 * Opens one request and reports to the sink, always asynchronously. Returns what aborts it; after that the sink hears nothing.
 * Calls `head` once at most, then `chunk`s or `event`s, then `end` once; or, instead of `head`, `end` alone.
 */
export type Transport = (request: StreamRequest, sink: TransportSink) => () => void

/** Whether a Content-Type header names an event stream, whatever its parameters. */
export function isEventStream(contentType: string | null): boolean {
  return /^[\t\n\r ]*text\/event-stream[\t\n\r ]*(;|$)/i.test(contentType || '')
}
