import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import { ApiError } from '../errors.ts'
import { isOutcomeUnknown } from '../store/index.ts'
import { setStreamHeaders } from './headers.ts'
import { isEventStream } from './origin-check.ts'

/** The last stop of every failed request: the envelope, never a stack trace. */
export function createErrorHandler(log: Logger): ErrorRequestHandler {
  return (error, req, res, _next) => {
    const refusal = toApiError(error)
    if (refusal.code === 'internal')
      log.error({ err: error, method: req.method, path: req.path }, 'request failed')
    if (res.headersSent) {
      res.destroy()
      return
    }
    if (isEventStream(req.path)) setStreamHeaders(res)
    if (refusal.retryAfter !== undefined) res.setHeader('Retry-After', String(Math.ceil(refusal.retryAfter)))
    res.setHeader('Cache-Control', 'no-store')
    if (refusal.status === 401) res.setHeader('WWW-Authenticate', 'Bearer')
    res.status(refusal.status).json(refusal.toEnvelope())
  }
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof URIError)
    return new ApiError('invalid-input', 'the path holds a broken percent-encoding')
  if (isOutcomeUnknown(error)) {
    return new ApiError('unavailable', 'the database does not answer: try again', { retryAfter: 1 })
  }
  const { code, status, statusCode } = error as { code?: string; status?: number; statusCode?: number }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === '53100') {
    return new ApiError('storage-full', 'the disk of the server is full: nothing was stored')
  }
  if (code?.startsWith('SQLITE_IOERR')) {
    return new ApiError(
      'storage-full',
      'the disk of the server can’t be written, it is full or broken: nothing was stored',
    )
  }
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') {
    return new ApiError('unavailable', 'the database is busy: try again', { retryAfter: 1 })
  }
  // PostgreSQL keeps no U+0000 (character_not_in_repertoire, untranslatable_character).
  if (code === '22021' || code === '22P05') {
    return new ApiError('invalid-input', 'the request holds the character U+0000, which can’t be stored')
  }
  if ((status ?? statusCode) === 400) return new ApiError('invalid-input', 'the request can’t be understood')
  return new ApiError('internal', 'something went wrong in the server; its log says what')
}
