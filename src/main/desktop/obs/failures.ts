import type { ObsFailure } from '../../../preload/bridge.ts'

/** A refusal by OBS, in our closed set of reasons. */
export class ObsError extends Error {
  override readonly name = 'ObsError'
  readonly failure: ObsFailure

  constructor(failure: ObsFailure, detail = '') {
    super(detail === '' ? failure : `${failure}: ${detail}`)
    this.failure = failure
  }
}

/** obs-websocket 5, WebSocketCloseCode. */
const CLOSE_CODES: Record<number, ObsFailure> = {
  4002: 'nonsense',
  4003: 'nonsense',
  4008: 'password-needed',
  4009: 'wrong-password',
  4010: 'too-old',
}

const UNREACHABLE = /ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EAI_AGAIN/

/** @param hadPassword OBS closes with the same code for a wrong and for no password */
export function connectFailure(error: unknown, hadPassword: boolean): ObsFailure {
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (error instanceof ObsError) return error.failure
  if (typeof code === 'number' && CLOSE_CODES[code]) {
    return code === 4009 && !hadPassword ? 'password-needed' : CLOSE_CODES[code]
  }
  if (UNREACHABLE.test(String(message)) || (code === -1 && message === '')) return 'not-running'
  // obs-websocket 4 knows no subprotocol: it answers the handshake without one.
  if (/no subprotocol/i.test(String(message))) return 'too-old'
  // 1005/1006: closed without a word.
  return typeof code === 'number' && (code === 1006 || code === 1001) ? 'not-running' : 'nonsense'
}

/** obs-websocket 5, RequestStatus. */
export const STATUS = {
  UnknownRequestType: 204,
  OutputNotRunning: 501,
  ResourceNotFound: 600,
  ResourceAlreadyExists: 601,
  InvalidResourceType: 602,
  InvalidInputKind: 605,
} as const

export function requestFailure(error: unknown, of: Partial<Record<number, ObsFailure>>): ObsError {
  if (error instanceof ObsError) return error
  const { code, message } = error as { code?: unknown; message?: unknown }
  const known = typeof code === 'number' ? of[code] : undefined
  if (code === STATUS.UnknownRequestType) return new ObsError('too-old', String(message))
  return new ObsError(known ?? 'nonsense', `${String(code)} ${String(message)}`)
}
