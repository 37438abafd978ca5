import type { StreamError } from './errors.ts'

export interface BackoffOptions {
  /** Upper bound of the first wait in ms; doubles with each failure. Default 1,000. */
  base?: number
  /** Upper bound of every wait in ms. Default 30,000. */
  max?: number
}

/**
 * Whether a failure is for good: what asking again cannot mend.
 * A status of 4xx is, but 408 (timeout), 425 (too early) and 429 (too many); 204 is the standard's way to say stop.
 */
function isFinal(error: StreamError): boolean {
  const { code, status = 0 } = error
  if (code === 'status') return status < 500 && status !== 408 && status !== 425 && status !== 429
  return code === 'content-type' || code === 'too-large'
}

/**
 * Exponential backoff with full jitter, so that the clients of a server that comes back do not all come at once.
 * Never sooner than the server asked, by `retry:` (`serverDelay`, in ms) or by `Retry-After` (seconds, or a date).
 * `failures` counts those in a row, this one included.
 */
export function backoff(
  error: StreamError,
  failures: number,
  serverDelay = 0,
  { base = 1000, max = 30_000 }: BackoffOptions = {},
): number | false {
  if (isFinal(error)) return false
  const least = Math.max(serverDelay, retryAfter(error))
  const most = Math.max(least, Math.min(max, (serverDelay || base) * 2 ** (failures - 1)))
  return Math.round(least + Math.random() * (most - least))
}

/** The response's Retry-After in ms; 0 where there is none. */
function retryAfter(error: StreamError): number {
  const value = error.header?.('retry-after')
  if (!value) return 0
  const ms = /^\d+$/.test(value) ? +value * 1000 : Date.parse(value) - Date.now()
  return Math.max(ms, 0) || 0
}
