import type { ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { isEventStream } from './origin-check.ts'

const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], formAction: ["'none'"] },
  },
  // A watch key stands in the player's address.
  referrerPolicy: { policy: 'no-referrer' },
  crossOriginEmbedderPolicy: false,
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  frameguard: { action: 'deny' },
  // On a LAN address there is no TLS to insist on.
  strictTransportSecurity: false,
  originAgentCluster: true,
})

/** Names and values, which are the same for every request. */
const SAFE: [name: string, value: string][] = []
protect(
  {} as never,
  { setHeader: (name: string, value: string) => SAFE.push([name, value]), removeHeader() {} } as never,
  () => {},
)

/** What an event stream's answer carries, names and values in turn: it writes its head itself, in one go. */
export const STREAM_HEADERS: readonly string[] = [...SAFE.flat(), 'Access-Control-Allow-Origin', '*']

/** What every answer carries; pages replace the policy by their own. An answer of the API is no page, whatever is in it. */
export const safeHeaders: RequestHandler = (req, res, next) => {
  // Headers set one by one would be kept for as long as a stream is open.
  if (!isEventStream(req.path)) for (const [name, value] of SAFE) res.setHeader(name, value)
  next()
}

/** For an answer to a stream's request that is no stream. */
export function setStreamHeaders(res: ServerResponse): void {
  for (let i = 0; i < STREAM_HEADERS.length; i += 2) res.setHeader(STREAM_HEADERS[i]!, STREAM_HEADERS[i + 1]!)
}

/** Any page may listen to an open room, as the seed allows; nothing else of this API is open to other origins. */
export const publicStreamCors: RequestHandler = (req, res, next) => {
  if (req.method !== 'OPTIONS' || !isEventStream(req.path)) return next()
  setStreamHeaders(res)
  // No Authorization: a token belongs to pages of our own.
  res.setHeader('Access-Control-Allow-Methods', 'GET, POST')
  res.setHeader('Access-Control-Allow-Headers', 'Content-Type, Last-Event-ID, Cache-Control')
  res.setHeader('Access-Control-Max-Age', '600')
  res.status(204).end()
}
