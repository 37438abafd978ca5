import { z } from 'zod'
import { DEFAULT_UPLOADS, type UploadLimits } from '../../../shared/asset.ts'
import {
  type LanState,
  lanInput,
  type ServerAddresses,
  type ServerInfo,
} from '../../../shared/server-info.ts'
import type { Audit } from '../audit/index.ts'
import type { Principal } from '../auth/principal.ts'
import { ApiError } from '../errors.ts'
import { answer } from '../http/answer.ts'
import { clientOf } from '../http/client.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { Database } from '../store/index.ts'
import type { Address } from './addresses.ts'
import type { LanSwitch } from './lan.ts'

const reachable = answer({
  addresses: z.array(z.object({ url: z.string(), kind: z.enum(['loopback', 'lan']) })),
  lan: z.object({
    open: z.boolean(),
    fixed: z.boolean(),
    openRooms: z.int(),
    keyedRooms: z.int(),
    accounts: z.int(),
  }),
  apiToken: z.string().optional(),
})

export interface StatusParts {
  db: Database
  version: string
  desktop: boolean
  uploads: UploadLimits
  addresses(): Address[]
  serverToken: string
  setupNeeded(): Promise<boolean>
  audit: Audit
  lan: LanSwitch
  /** Null where the server has none. */
  redisState(): 'ok' | 'away' | null
  /** True from the moment on at which the server begins to stop. */
  isDraining(): boolean
}

export function statusRoutes({
  db,
  version,
  desktop,
  uploads: { bytes, emoteBytes, types },
  addresses,
  serverToken,
  setupNeeded,
  audit,
  lan,
  redisState,
  isDraining,
}: StatusParts): Route[] {
  async function lanState(): Promise<LanState> {
    const rooms = await db.selectFrom('rooms').select('watch_key').execute()
    const { accounts } = await db
      .selectFrom('users')
      .select(eb => eb.fn.countAll<number>().as('accounts'))
      .where('password_hash', 'is not', null)
      .executeTakeFirstOrThrow()
    const openRooms = rooms.filter(room => room.watch_key === null).length
    return {
      open: lan.isOpen(),
      fixed: lan.fixed,
      openRooms,
      keyedRooms: rooms.length - openRooms,
      accounts: Number(accounts),
    }
  }

  async function reachability({ kind, userId, role }: Principal): Promise<ServerAddresses> {
    // Not for the owner's other tokens: a bot's leaked one must not lead to it.
    const maySeeToken = role === 'owner' && (kind === 'user' || userId === null)
    return {
      addresses: addresses(),
      lan: await lanState(),
      ...(maySeeToken ? { apiToken: serverToken } : {}),
    }
  }

  return [
    defineRoute({
      method: 'get',
      path: '/healthz',
      summary: 'The process is alive',
      tag: 'status',
      access: { kind: 'public' },
      success: { status: 200, description: 'Alive.', schema: answer({}) },
      handle({ res }) {
        // The loader file, which has no origin, asks whether it is this server that answers.
        res.setHeader('Access-Control-Allow-Origin', '*')
        return { body: { success: true, code: 200, msg: 'alive' } }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/readyz',
      summary: 'The server can do its work: its database answers; whether Redis does',
      tag: 'status',
      access: { kind: 'public' },
      success: {
        status: 200,
        description: 'Ready.',
        schema: answer({ redis: z.enum(['ok', 'away']).optional() }),
      },
      errors: ['unavailable'],
      async handle() {
        if (isDraining()) throw new ApiError('unavailable', 'the server is going away', { retryAfter: 5 })
        if (!(await answersInTime(db)))
          throw new ApiError('unavailable', 'the database does not answer', { retryAfter: 1 })
        const redis = redisState()
        const msg = redis === 'away' ? 'ready; Redis is away, other servers are reached more slowly' : 'ready'
        return { body: { success: true, code: 200, msg, ...(redis ? { redis } : {}) } }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/server',
      summary: 'What a controller needs to know before anybody has signed in',
      tag: 'status',
      access: { kind: 'public' },
      success: {
        status: 200,
        description: 'Version, and whether the first account is still to be made.',
        schema: answer({
          version: z.string(),
          desktop: z.boolean(),
          setupNeeded: z.boolean(),
          uploads: z
            .object({
              bytes: z.int().describe('Bytes of one picture.'),
              emoteBytes: z.int().describe('Bytes of the picture of an emote.'),
              types: z.array(z.enum(DEFAULT_UPLOADS.types)).describe('Kinds of picture.'),
            })
            .describe('What may be uploaded.'),
        }),
      },
      async handle() {
        const uploads = { bytes, emoteBytes, types }
        const info: ServerInfo = { version, desktop, setupNeeded: await setupNeeded(), uploads }
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
        schema: reachable,
      },
      async handle({ principal }) {
        return { body: { success: true, code: 200, msg: 'ok', ...(await reachability(principal!)) } }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/server/lan',
      summary: 'Open the server to the LAN, or close it',
      tag: 'status',
      access: { kind: 'user', role: 'owner' },
      body: lanInput,
      success: { status: 200, description: 'The addresses as they are now.', schema: reachable },
      errors: ['bad-json', 'invalid-input', 'conflict'],
      async handle({ req, principal, body }) {
        await lan.set(body.open)
        audit.record('server.lan', {
          actor: principal,
          address: clientOf(req).address,
          detail: { open: body.open },
        })
        return { body: { success: true, code: 200, msg: 'changed', ...(await reachability(principal!)) } }
      },
    }),
  ]
}

/** Milliseconds: whoever asks whether the server is ready does not wait long. */
const READY_TIMEOUT = 1_000

async function answersInTime(db: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>(resolve => {
    timer = setTimeout(resolve, READY_TIMEOUT, false)
  })
  const asked = db
    .selectFrom('rooms')
    .select('id')
    .limit(1)
    .execute()
    .then(
      () => true,
      () => false,
    )
  const answered = await Promise.race([asked, late])
  clearTimeout(timer)
  return answered
}
