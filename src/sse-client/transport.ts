import type { StreamError } from './errors.ts'
import type { ParsedEvent } from './parser.ts'

/** One attempt's request, all its parts resolved. */
export interface StreamRequest {
  url: string
  method: string
  headers: [name: string, value: string][]
  body?: BodyInit | null | undefined
  credentials: RequestCredentials
  /** Used instead of the global fetch. */
  fetch?: typeof fetch | undefined
  /** Names of the events that the native EventSource must be told to listen for. */
  events?: readonly string[] | undefined
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
  /**
   * The head has come. True takes the response. False refuses it: nothing more is asked for but, by `peek`, the first
   * piece of its body as text, at most so many bytes.
   */
  head(head: ResponseHead, peek: (bytes: number) => Promise<string>): boolean
  /** The next piece of the body. A promise asks not to read on before it is fulfilled, where that can be done. */
  chunk(chunk: string | Uint8Array): Promise<void> | undefined
  /** An event that the platform has parsed itself. */
  event(event: ParsedEvent): void
  /** The response is over: cleanly, if there is no error. */
  end(error?: StreamError): void
}

/**
 * Opens one request and reports to the sink, later. Returns what aborts it; after that the sink hears nothing.
 * Calls `head` once at most, then, if taken, `chunk`s or `event`s, then `end` once; or, instead of `head`, `end` alone.
 */
export type Transport = (request: StreamRequest, sink: TransportSink) => () => void
