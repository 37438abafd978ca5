import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { isEventStream } from './origin-check.ts'

/** What every answer carries; pages replace the policy by their own. An answer of the API is no page, whatever is in it. */
export const safeHeaders: RequestHandler = helmet({
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

/** Any page may listen to an open room, as the seed allows; nothing else of this API is open to other origins. */
export const publicStreamCors: RequestHandler = (req, res, next) => {
  if (!isEventStream(req.path)) return next()
  res.setHeader('Access-Control-Allow-Origin', '*')
  if (req.method !== 'OPTIONS') return next()
  // No Authorization: a token belongs to pages of our own.
  res.setHeader('Access-Control-Allow-Methods', 'GET, POST')
  res.setHeader('Access-Control-Allow-Headers', 'Content-Type, Last-Event-ID, Cache-Control')
  res.setHeader('Access-Control-Max-Age', '600')
  res.status(204).end()
}
