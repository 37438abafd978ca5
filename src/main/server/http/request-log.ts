import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'
import { withoutSecrets } from '../log.ts'

const EVENT_STREAM = /^\/api\/v1\/(?:rooms\/[^/?]+\/)?(?:events|streams)\/?(?:\?|$)/i

/** Characters of an address that a log line holds. */
const MAX_URL = 1_000

/**
 * Logs each request but streams when it ends, with an id that the answer carries too. Messages' texts and secrets stay
 * out.
 */
export function createRequestLog(logger: Logger): RequestHandler {
  const logRequest = pinoHttp({
    logger,
    genReqId(req, res) {
      const given = req.headers['x-request-id']
      const id = typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID()
      res.setHeader('X-Request-Id', id)
      return id
    },
    customLogLevel: (_req, res, error) =>
      error || res.statusCode >= 500 ? 'error' : res.statusCode >= 400 ? 'info' : 'debug',
    serializers: {
      req: request => ({
        id: request.id,
        method: request.method,
        url: withoutSecrets(request.url).slice(0, MAX_URL),
        address: request.remoteAddress,
      }),
      res: response => ({ status: response.statusCode }),
    },
  })
  // What logs a request at its end would be kept, with the request, for as long as a stream is open.
  return (req, res, next) => (EVENT_STREAM.test(req.url) ? next() : logRequest(req, res, next))
}
