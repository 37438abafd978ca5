import type { ServerInfo } from '../../../shared/server-info.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { Database } from '../store/index.ts'
import type { Address } from './addresses.ts'

export interface StatusParts {
  db: Database
  version: string
  desktop: boolean
  addresses(): Address[]
  serverToken: string
  setupNeeded(): Promise<boolean>
}

export function statusRoutes({
  db,
  version,
  desktop,
  addresses,
  serverToken,
  setupNeeded,
}: StatusParts): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/healthz',
      summary: 'The process is alive',
      tag: 'status',
      access: { kind: 'public' },
      success: { status: 200, description: 'Alive.' },
      handle({ res }) {
        // The loader file, which has no origin, asks whether it is this server that answers.
        res.setHeader('Access-Control-Allow-Origin', '*')
        return { body: { success: true, code: 200, msg: 'alive' } }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/readyz',
      summary: 'The server can do its work: its database answers',
      tag: 'status',
      access: { kind: 'public' },
      success: { status: 200, description: 'Ready.' },
      errors: ['unavailable'],
      async handle() {
        await db.selectFrom('rooms').select('id').limit(1).execute()
        return { body: { success: true, code: 200, msg: 'ready' } }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/server',
      summary: 'What a controller needs to know before anybody has signed in',
      tag: 'status',
      access: { kind: 'public' },
      success: { status: 200, description: 'Version, and whether the first account is still to be made.' },
      async handle() {
        const info: ServerInfo = { version, desktop, setupNeeded: await setupNeeded() }
        return { body: { success: true, code: 200, msg: 'ok', ...info } }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/server/addresses',
      summary: 'Where pages are opened, and the token that programs paste',
      tag: 'status',
      access: { kind: 'scope', scope: 'manage' },
      success: {
        status: 200,
        description: 'The addresses of this machine; the server’s own token for its owner.',
      },
      handle({ principal }) {
        // Not for the owner's other tokens: a bot's leaked one must not lead to it.
        const { kind, userId, role } = principal!
        const maySee = role === 'owner' && (kind === 'user' || userId === null)
        const token = maySee ? { apiToken: serverToken } : {}
        return { body: { success: true, code: 200, msg: 'ok', addresses: addresses(), ...token } }
      },
    }),
  ]
}
