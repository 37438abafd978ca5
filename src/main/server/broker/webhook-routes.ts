import { z } from 'zod'
import { ApiError } from '../errors.ts'
import { answer } from '../http/answer.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { requireAdministrator } from './access.ts'
import type { Webhooks } from './webhooks.ts'

const webhook = z.object({ id: z.string(), url: z.string(), createdAt: z.int() })

const webhookInput = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    // Asked of what is no URL too.
    .refine(text => !URL.canParse(text) || new URL(text).username === '', {
      message: 'must not hold a user name',
    }),
})

const access = { kind: 'scope', scope: 'manage' } as const

export function webhookRoutes(webhooks: Webhooks): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/webhooks',
      summary: 'List where state changes of the broker are sent',
      tag: 'broker',
      access,
      success: {
        status: 200,
        description: 'The webhooks, without their secrets.',
        schema: answer({ webhooks: z.array(webhook) }),
      },
      async handle({ principal }) {
        requireAdministrator(principal!)
        return { body: { success: true, code: 200, msg: 'ok', webhooks: await webhooks.list() } }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/webhooks',
      summary: 'Have state changes of the broker sent to an address',
      tag: 'broker',
      access,
      body: webhookInput,
      success: {
        status: 201,
        description: 'The webhook; its secret is shown this once.',
        schema: answer({ webhook: webhook.extend({ secret: z.string() }) }),
      },
      errors: ['bad-json', 'invalid-input'],
      async handle({ body, principal }) {
        requireAdministrator(principal!)
        return { body: { success: true, code: 201, msg: 'created', webhook: await webhooks.add(body.url) } }
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/webhooks/:webhook',
      summary: 'Send no more there',
      tag: 'broker',
      access,
      params: z.object({ webhook: z.string().max(64) }),
      success: { status: 204, description: 'Deleted.' },
      errors: ['not-found'],
      async handle({ params, principal }) {
        requireAdministrator(principal!)
        if (!(await webhooks.remove(params.webhook)))
          throw new ApiError('not-found', 'there is no such webhook')
        return { body: undefined }
      },
    }),
  ]
}
