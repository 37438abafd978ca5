/**
 * Why a stream failed. A closed set: branch on it.
 *
 * | code           | meaning                                                                                       |
 * |----------------|-----------------------------------------------------------------------------------------------|
 * | `network`      | no answer, or the connection broke                                                            |
 * | `end`          | the server ended the response cleanly: asks the retry policy, is never reported as a failure  |
 * | `status`       | the response was refused, mostly for its status; `status`, `header()` and `body` tell more    |
 * | `content-type` | the response has status 200 and is not `text/event-stream`                                    |
 * | `idle`         | nothing, not even a comment, came for `idleTimeout` ms                                        |
 * | `too-large`    | one event is larger than `maxEventSize`                                                       |
 * | `request`      | the `url`, `headers` or `body` function threw, or made no valid request; see `cause`          |
 * | `parse`        | the `parse` function threw: that one event is left out, the stream goes on                    |
 * | `unsupported`  | this platform, or the chosen transport, cannot do what was asked                              |
 */
export type StreamErrorCode =
  | 'network'
  | 'end'
  | 'status'
  | 'content-type'
  | 'idle'
  | 'too-large'
  | 'request'
  | 'parse'
  | 'unsupported'

/** What a failed response, or the cause, adds to an error. */
export interface StreamErrorDetails {
  /** HTTP status, if there was a response. */
  status?: number
  /** Reads a response header by its name (any case); null where it is absent or hidden by CORS. */
  header?: (name: string) => string | null
  /** The first piece of the refused response's body (at most 16 KiB), as text. */
  body?: string
  /** Address that answered, after redirects. */
  url?: string
  /** What was thrown beneath, or a word for what is wrong. */
  cause?: unknown
}

/** An error of this library. A plain `Error`, not a subclass, which ES5 cannot make well: ask `isStreamError`. */
export interface StreamError extends Error, StreamErrorDetails {
  name: 'StreamError'
  code: StreamErrorCode
  cause?: unknown
}

/** The message is made of the code, the status and what was thrown beneath: words for each would be a tenth of the library. */
export function streamError(code: StreamErrorCode, details: StreamErrorDetails = {}): StreamError {
  const { cause, status } = details
  const why = cause ? `: ${(cause as Error).message || cause}` : ''
  const error = new Error(`SSE: ${code}${status ? ` ${status}` : ''}${why}`) as StreamError
  error.name = 'StreamError'
  error.code = code
  for (const key in details) {
    const name = key as 'cause'
    error[name] = details[name]
  }
  return error
}

/** Whether something caught is an error of this library. */
export function isStreamError(value: unknown): value is StreamError {
  return value instanceof Error && value.name === 'StreamError'
}
