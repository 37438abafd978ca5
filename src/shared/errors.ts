/**
 * The closed set of reasons that the API, the UI and the log share.
 * The HTTP status stands beside each, because the envelope's `code` equals it.
 */
export const ERROR_STATUS = {
  'bad-json': 400,
  'invalid-input': 400,
  /** A file of another kind than the one asked for. */
  'wrong-file': 400,
  /** A file that is damaged, incomplete or contradicts itself. */
  'broken-file': 400,
  unauthenticated: 401,
  'token-expired': 401,
  'wrong-credentials': 401,
  forbidden: 403,
  'wrong-origin': 403,
  'wrong-host': 403,
  'not-found': 404,
  'unknown-room': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'too-large': 413,
  'unsupported-type': 415,
  /** A file that a newer version of the program wrote. */
  'newer-version': 415,
  'too-many-requests': 429,
  'request-aborted': 499,
  internal: 500,
  unavailable: 503,
  'storage-full': 507,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

/** What every failed request answers: `code` equals the HTTP status, `error` names the reason for programs. */
export interface ErrorEnvelope {
  success: false
  code: number
  error: ErrorCode
  msg: string
  details?: unknown
}
