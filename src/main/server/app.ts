import express, { type Express, type Router } from 'express'
import type { Logger } from 'pino'
import { BROKER_PATHS, brokerCors } from './broker/index.ts'
import { ApiError } from './errors.ts'
import { createErrorHandler } from './http/error-handler.ts'
import { publicStreamCors, safeHeaders } from './http/headers.ts'
import { createHostCheck, type OwnNames } from './http/host-check.ts'
import { createOriginCheck } from './http/origin-check.ts'
import { checkHead } from './http/request-head.ts'
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
  /** Under which the server may be spoken to. */
  names: OwnNames
  /** Those of them that ALLOWED_HOSTS lists. */
  declaredNames: OwnNames
}

/** Puts the features together, in the order in which a request meets them. */
export function createApp({
  brokerOpenOnLoopback,
  log,
  gate,
  routes,
  pages,
  trustProxy,
  names,
  declaredNames,
}: AppParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', trustProxy)
  app.set('query parser', 'simple')
  app.set('case sensitive routing', false)

  app.use(createRequestLog(log))
  app.use(safeHeaders)
  app.use(checkHead)
  app.use(createHostCheck(names))
  app.use(BROKER_PATHS, brokerCors(brokerOpenOnLoopback))
  app.use(publicStreamCors)
  app.use(createOriginCheck(declaredNames, BROKER_PATHS))
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
