import { z } from 'zod'
import { defineRoute, type Route } from '../http/route.ts'
import type { Audit } from './audit.ts'

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
      },
      async handle({ query }) {
        return { body: { success: true, code: 200, msg: 'ok', ...(await audit.list(query)) } }
      },
    }),
  ]
}
