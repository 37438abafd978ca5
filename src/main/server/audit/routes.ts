import { z } from 'zod'
import { AUDIT_ACTIONS } from '../../../shared/account.ts'
import { answer } from '../http/answer.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { Audit } from './audit.ts'

const entry = z.object({
  id: z.string(),
  time: z.int(),
  action: z.enum(AUDIT_ACTIONS),
  actor: z.string(),
  userId: z.string().nullable(),
  target: z.string(),
  address: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

const listQuery = z.object({
  /** Entries before this id; absent = from the newest. */
  before: z
    .string()
    .regex(/^[0-9a-f]{1,32}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export function auditRoutes(audit: Audit): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/audit',
      summary: 'What was done to accounts, tokens, rooms and players; newest first, kept 90 days',
      tag: 'audit',
      access: { kind: 'user', role: 'owner' },
      query: listQuery,
      success: {
        status: 200,
        description: 'A page of entries; `next` goes into `before` for the page after it.',
        schema: answer({ entries: z.array(entry), next: z.string().nullable() }),
      },
      async handle({ query }) {
        return { body: { success: true, code: 200, msg: 'ok', ...(await audit.list(query)) } }
      },
    }),
  ]
}
