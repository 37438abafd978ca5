import { ERROR_STATUS, type ErrorCode } from '../../../shared/errors.ts'

/**
 * Why a request failed. `offline`: no answer at all. `bad-answer`: something that is not this server's API. `stale`: it
 * was not made, because what it is about is too old to be meant still. `other-account`: nor was this, because it was
 * begun by somebody else who sat here before.
 */
export interface Failure {
  reason: ErrorCode | 'offline' | 'bad-answer' | 'stale' | 'other-account'
  /** 0 without an answer. */
  status: number
  /** The server's words, in English; the UI prefers its own words for `reason`. */
  message: string
  details?: unknown
  /** Milliseconds, from `Retry-After`. */
  retryAfter?: number
}

/** Failures are values: callers branch on `ok`. */
export type Result<Value> = { ok: true; value: Value } | { ok: false; failure: Failure }

/** Failures after which the same request may well go through. All others are the request's own fault. */
export function isPassing({ reason, status }: Failure): boolean {
  const foreign = reason === 'bad-answer' && status < 300
  return (
    foreign || reason === 'offline' || status === 401 || status === 408 || status === 429 || status >= 500
  )
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Sent as JSON, or as it is when it is a Blob. */
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  /** What a good answer holds; JSON unless said otherwise. */
  answer?: 'json' | 'blob'
}

/** Where requests get their credentials. */
export interface Credentials {
  /** The access token, or null when signed out. */
  token(): string | null
  /** Gets a fresh token after a 401. @returns whether there is one now. */
  renew(): Promise<boolean>
}

export type Request = <Value>(path: string, options?: RequestOptions) => Promise<Result<Value>>

/**
 * Makes the function that all of the controller's requests go through. A 401 is answered once with a fresh
 * token, so that a token which runs out in the middle is never seen by the user.
 * @param send `fetch`, or a test's own.
 */
export function createRequest(credentials: Credentials, send: typeof fetch = fetch): Request {
  return async function request<Value>(path: string, options: RequestOptions = {}): Promise<Result<Value>> {
    const token = credentials.token()
    const first = await attempt<Value>(send, path, options, token)
    if (first.ok || first.failure.status !== 401) return first
    // Another request may have renewed it meanwhile.
    if (credentials.token() === token && !(await credentials.renew())) return first
    return attempt<Value>(send, path, options, credentials.token())
  }
}

async function attempt<Value>(
  send: typeof fetch,
  path: string,
  { method = 'GET', body, headers, signal, answer = 'json' }: RequestOptions,
  token: string | null,
): Promise<Result<Value>> {
  const isBlob = body instanceof Blob
  let response: Response
  try {
    response = await send(path, {
      method,
      headers: {
        ...(body === undefined || isBlob ? {} : { 'Content-Type': 'application/json' }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isBlob ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    return { ok: false, failure: { reason: 'offline', status: 0, message: String(error) } }
  }
  try {
    if (response.ok && answer === 'blob') return { ok: true, value: (await response.blob()) as Value }
    return read<Value>(response, await response.text())
  } catch (error) {
    // Cut off in the middle: whether it was carried out is not known.
    return { ok: false, failure: { reason: 'offline', status: 0, message: String(error) } }
  }
}

function read<Value>(response: Response, text: string): Result<Value> {
  const answer = parseJson(text)
  // A good status with something else in it comes from a hotel's login page or a proxy, not from the server.
  if (response.ok && (answer !== undefined || text === '')) return { ok: true, value: answer as Value }
  const retryAfter = Number(response.headers.get('Retry-After')) * 1_000
  const envelope = (answer ?? {}) as { error?: string; msg?: string; details?: unknown }
  const known = envelope.error !== undefined && envelope.error in ERROR_STATUS
  return {
    ok: false,
    failure: {
      reason: known ? (envelope.error as ErrorCode) : 'bad-answer',
      status: response.status,
      message: envelope.msg ?? response.statusText,
      ...(envelope.details === undefined ? {} : { details: envelope.details }),
      ...(retryAfter > 0 ? { retryAfter } : {}),
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
