import type { Request, RequestHandler } from 'express'
import { ApiError } from '../errors.ts'
import type { OwnNames } from './host-check.ts'

const READS = new Set(['GET', 'HEAD'])
/** The seed's line changes something although it is a GET: an `<img>` of another site could send it. */
const SENDS = /^\/api\/v1\/send\//i
/** Opening an event stream changes nothing, whatever its method. */
const EVENT_STREAM = /^\/api\/v1\/(?:events|rooms\/[^/]+\/events)\/?$/i

/** Whether a path is one of the event streams that any page may listen to. */
export const isEventStream = (path: string) => EVENT_STREAM.test(path)

/**
 * Whether a request comes from a page of another origin. Programs send neither Origin nor Sec-Fetch-Site, and
 * count as our own: what they may is decided by their token.
 */
export function isForeign(req: Request): boolean {
  const { origin } = req.headers
  const site = req.headers['sec-fetch-site']
  // Pages that send no Referer have the origin "null" in requests that are not CORS requests.
  if (origin === 'null') return site !== 'same-origin'
  if (origin !== undefined) return hostOfOrigin(origin) !== normalHost(req.host)
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

/**
 * Refuses every request of another origin's page that could change something. Our credentials are headers
 * that no other page can send, or a SameSite=Strict cookie; this is the second lock on the same door.
 * @param declared names of ALLOWED_HOSTS: behind a proxy that hides its name, they are ours.
 * @param elsewhere paths that have a rule of their own.
 */
export function createOriginCheck(declared: OwnNames, elsewhere: readonly string[]): RequestHandler {
  return (req, _res, next) => {
    const { method, path } = req
    if (!changes(method, path) || elsewhere.includes(path) || !isForeign(req)) return next()
    const host = hostOfOrigin(req.headers.origin ?? '')
    if (host !== null && declared.has(new URL(`http://${host}`).hostname)) return next()
    throw new ApiError(
      'wrong-origin',
      'a page of another site may not do this; behind a proxy, set TRUST_PROXY and ALLOWED_HOSTS',
    )
  }
}

function changes(method: string, path: string): boolean {
  if (method === 'OPTIONS' || isEventStream(path)) return false
  return !READS.has(method) || SENDS.test(path)
}

/** @returns host and port, the port left out where it is the scheme's own; null for no web origin. */
function hostOfOrigin(origin: string): string | null {
  if (!URL.canParse(origin)) return null
  const { protocol, host } = new URL(origin)
  return protocol === 'http:' || protocol === 'https:' ? host : null
}

/** The Host header may name the default port, an Origin never does. */
function normalHost(host: string | undefined): string | undefined {
  return host?.toLowerCase().replace(/:(?:80|443)$/, '')
}
