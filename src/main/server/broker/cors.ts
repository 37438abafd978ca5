import type { Request, RequestHandler } from 'express'
import { isLoopbackOrigin } from '../http/this-machine.ts'

/** The paths of the broker's API. */
export const BROKER_PATHS = ['/token', '/send', '/events', '/info', '/kick']

const ALLOWED_HEADERS = 'Authorization, Content-Type, Last-Event-ID, X-SSE-Token, X-SSE-Device, X-SSE-ID'

/** Mounted at these paths: what is left of the path behind its own says nothing. */
const isEvents = (req: Request) => req.baseUrl.toLowerCase() === '/events'

/**
 * Pages of other origins may listen and call: what lets them in is a token, which a browser does not send by
 * itself. Where calls need none on this machine, only pages of this machine may read the answers.
 */
export function brokerCors(openOnLoopback: boolean): RequestHandler {
  return (req, res, next) => {
    const { origin } = req.headers
    if (origin !== undefined && (!openOnLoopback || isEvents(req) || isLoopbackOrigin(origin))) {
      res.setHeader('Access-Control-Allow-Origin', '*')
    }
    if (req.method !== 'OPTIONS') {
      next()
      return
    }
    res.setHeader('Access-Control-Allow-Methods', 'GET, POST')
    res.setHeader('Access-Control-Allow-Headers', ALLOWED_HEADERS)
    res.setHeader('Access-Control-Max-Age', '600')
    res.status(204).end()
  }
}
