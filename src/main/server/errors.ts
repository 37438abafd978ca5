import { ERROR_STATUS, type ErrorCode, type ErrorEnvelope } from '../../shared/errors.ts'

/** A refusal that the caller is told of: carried to the HTTP edge, where it becomes the envelope. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ErrorCode
  readonly details: unknown
  /** Seconds after which a retry makes sense; becomes `Retry-After`. */
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, message: string, options: { details?: unknown; retryAfter?: number } = {}) {
    super(message)
    this.code = code
    this.details = options.details
    this.retryAfter = options.retryAfter
  }

  get status(): number {
    return ERROR_STATUS[this.code]
  }

  toEnvelope(): ErrorEnvelope {
    const envelope: ErrorEnvelope = { success: false, code: this.status, error: this.code, msg: this.message }
    if (this.details !== undefined) envelope.details = this.details
    return envelope
  }
}

/** The start can't go on; the message is one line that says what is wrong and what to do. */
export class StartError extends Error {
  override readonly name = 'StartError'
  /** For callers with a way on of their own: the desktop app takes the next port. */
  readonly reason: 'config' | 'port-in-use' | 'data-dir' | 'database' | 'redis' | 'listen'

  constructor(reason: StartError['reason'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}
