import { z } from 'zod'
import { createTokenInput, SCOPES } from '../../../shared/account.ts'
import type { FieldIssue } from '../../../shared/field-issue.ts'
import type { Audit } from '../audit/index.ts'
import type { Auth } from '../auth/index.ts'
import { ApiError } from '../errors.ts'
import { answer } from '../http/answer.ts'
import { clientOf } from '../http/client.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { Rooms } from '../rooms/index.ts'
import { type Tokens, toApiToken } from './tokens.ts'

const apiToken = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  rooms: z.array(z.string()).nullable(),
  createdAt: z.int(),
  expiresAt: z.int().nullable(),
  lastUsedAt: z.int().nullable(),
})

const tokenParams = z.object({ token: z.string().max(64) })

interface TokenRouteParts {
  audit: Audit
  auth: Auth
  rooms: Rooms
  tokens: Tokens
}

/** API tokens: each user's own. */
export function tokenRoutes({ audit, auth, rooms, tokens }: TokenRouteParts): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/tokens',
      summary: 'List your API tokens',
      tag: 'tokens',
      access: { kind: 'user' },
      success: {
        status: 200,
        description: 'The tokens, newest first; the secret itself is never shown again.',
        schema: answer({ tokens: z.array(apiToken) }),
      },
      async handle({ principal }) {
        const list = await tokens.list(principal!.userId!)
        return { body: { success: true, code: 200, msg: 'ok', tokens: list.map(toApiToken) } }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/tokens',
      summary: 'Make an API token',
      tag: 'tokens',
      access: { kind: 'user' },
      body: createTokenInput,
      success: {
        status: 201,
        description: '`token` is the secret: it is shown this once.',
        schema: answer({ token: z.string(), record: apiToken }),
      },
      errors: ['bad-json', 'invalid-input', 'unknown-room', 'forbidden', 'conflict'],
      async handle({ req, principal, body }) {
        if (body.expiresAt !== null && body.expiresAt <= Date.now()) {
          const issue: FieldIssue = { path: ['expiresAt'], message: 'this time is over', reason: 'past' }
          throw new ApiError('invalid-input', `body.expiresAt: ${issue.message}`, { details: [issue] })
        }
        const ids: string[] = []
        for (const text of body.rooms ?? []) {
          const room = await rooms.get(text)
          // Not more than its maker may; asked again at each use.
          for (const scope of body.scopes) await auth.requireRoom(principal!, room, scope)
          ids.push(room.id)
        }
        const input = { ...body, rooms: body.rooms && [...new Set(ids)] }
        const { token, record } = await tokens.create(principal!.userId!, input)
        audit.record('token.create', {
          actor: principal,
          address: clientOf(req).address,
          target: record.name,
          detail: {
            prefix: record.prefix,
            scopes: body.scopes.join(' '),
            rooms: input.rooms?.join(' ') ?? '',
          },
        })
        return { body: { success: true, code: 201, msg: 'created', token, record: toApiToken(record) } }
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/tokens/:token',
      summary: 'Revoke an API token; streams that rest on it end at once',
      tag: 'tokens',
      access: { kind: 'user' },
      params: tokenParams,
      success: { status: 204, description: 'Revoked.' },
      errors: ['not-found'],
      async handle({ req, principal, params }) {
        const record = await tokens.get(principal!.userId!, params.token)
        await tokens.revoke(record)
        audit.record('token.revoke', {
          actor: principal,
          address: clientOf(req).address,
          target: record.name,
          detail: { prefix: record.prefix },
        })
        return { body: undefined }
      },
    }),
  ]
}
