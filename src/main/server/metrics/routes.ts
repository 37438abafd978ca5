import type { Auth } from '../auth/index.ts'
import { bearerToken } from '../auth/index.ts'
import { ApiError } from '../errors.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { isFromThisMachine } from '../http/this-machine.ts'
import type { Metrics } from './metrics.ts'

export function metricsRoute(metrics: Metrics, auth: Auth): Route {
  return defineRoute({
    method: 'get',
    path: '/metrics',
    summary: 'What Prometheus asks for',
    tag: 'status',
    access: {
      kind: 'own',
      description: 'From this machine none; else a token that may manage, as a bearer token.',
    },
    success: { status: 200, description: 'The metrics, as text.', contentType: 'text/plain' },
    errors: ['unauthenticated', 'forbidden'],
    async handle({ req, res }) {
      if (!isFromThisMachine(req)) {
        const principal = await auth.identify(bearerToken(req), req)
        if (!principal.scopes.has('manage')) throw new ApiError('forbidden', 'this token may not manage')
      }
      res.setHeader('Content-Type', metrics.contentType)
      res.setHeader('Cache-Control', 'no-store')
      res.end(await metrics.text())
      return undefined
    },
  })
}
