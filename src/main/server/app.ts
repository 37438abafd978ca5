import express, { type Express, type Router } from 'express'
import type { Logger } from 'pino'
import { BROKER_PATHS, brokerCors } from './broker/index.ts'
import { ApiError } from './errors.ts'
import { createErrorHandler } from './http/error-handler.ts'
import { createRequestLog } from './http/request-log.ts'
import { type Gate, mountRoutes, type Route } from './http/route.ts'

export interface AppParts {
  /** See BROKER_OPEN_ON_LOOPBACK. */
  brokerOpenOnLoopback: boolean
  log: Logger
  gate: Gate
  routes: Route[]
  pages: Router
  trustProxy: string | number | false
}

/** Puts the features together, in the order in which a request meets them. */
export function createApp({ brokerOpenOnLoopback, log, gate, routes, pages, trustProxy }: AppParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', trustProxy)
  app.set('query parser', 'simple')
  app.set('case sensitive routing', false)

  app.use(createRequestLog(log))
  app.use(BROKER_PATHS, brokerCors(brokerOpenOnLoopback))
  app.use(['/api/v1/events', '/api/v1/rooms/:room/events'], publicStreamCors)
  const api = express.Router()
  mountRoutes(api, routes, gate)
  app.use(api)
  app.use('/api', () => {
    throw new ApiError('not-found', 'there is no such route: see /openapi.json')
  })
  app.use(pages)
  app.use(() => {
    throw new ApiError('not-found', 'there is nothing here')
  })
  app.use(createErrorHandler(log))
  return app
}

/** Any page may listen to an open room, as the seed allows; nothing else is open to other origins. */
const publicStreamCors: express.RequestHandler = (_req, res, next) => {
  res.setHeader('Access-Control-Allow-Origin', '*')
  next()
}
