import { z } from 'zod'
import { emoteName } from '../../../shared/emote.ts'
import { ownerKey } from '../auth/index.ts'
import { answer } from '../http/answer.ts'
import { readBody } from '../http/json-body.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { type ServerLimits, tooLarge } from '../limits/index.ts'
import type { Emotes } from './emotes.ts'
import { pictureBody } from './picture-body.ts'

const params = z.object({ id: z.string().max(64) })
const addQuery = z.object({
  name: emoteName,
  /** A picture that is there already; without it the body is the file. */
  asset: z.string().max(40).optional(),
})
const rename = z.strictObject({ name: emoteName })

const emote = z.object({
  id: z.string(),
  name: z.string().describe('`smile`, or `cats:smile` where it belongs to a pack'),
  asset: z.string().describe('Id of its picture among the assets'),
  url: z.string().describe('Address of the picture on this server'),
  createdAt: z.int().describe('Epoch milliseconds'),
})
const one = answer({ emote })

export function emoteRoutes(
  emotes: Emotes,
  { emoteBytes, bytes }: Pick<ServerLimits['uploads'], 'emoteBytes' | 'bytes'>,
): Route[] {
  // An emote's picture is a picture like others.
  const [limit, variable] =
    bytes < emoteBytes ? ([bytes, 'MAX_UPLOAD_BYTES'] as const) : ([emoteBytes, 'MAX_EMOTE_BYTES'] as const)
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/assets/emotes',
      summary: 'List your emotes by name',
      tag: 'assets',
      access: { kind: 'scope', scope: 'read' },
      success: {
        status: 200,
        description: 'The emotes. A room has those of its owner; hello lists them.',
        schema: answer({ emotes: z.array(emote) }),
      },
      async handle({ principal }) {
        const list = await emotes.list(ownerKey(principal!))
        return { body: { success: true, code: 200, msg: 'ok', emotes: list } }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/assets/emotes',
      summary: 'Make an emote: `name` or `pack:name`; the body is the picture, unless `asset` names one',
      tag: 'assets',
      access: { kind: 'scope', scope: 'manage' },
      query: addQuery,
      rawBody: { ...pictureBody, required: false },
      success: {
        status: 201,
        description: 'The emote. Open players show it from their next line on.',
        schema: one,
      },
      errors: ['invalid-input', 'not-found', 'conflict', 'unsupported-type', 'too-large'],
      async handle({ req, query, principal }) {
        const picture = query.asset ?? (await readBody(req, limit, () => tooLarge(limit, variable)))
        const made = await emotes.add(ownerKey(principal!), query.name, picture)
        return { body: { success: true, code: 201, msg: 'stored', emote: made } }
      },
    }),
    defineRoute({
      method: 'patch',
      path: '/api/v1/assets/emotes/:id',
      summary: 'Rename an emote',
      tag: 'assets',
      access: { kind: 'scope', scope: 'manage' },
      params,
      body: rename,
      success: { status: 200, description: 'The emote.', schema: one },
      errors: ['invalid-input', 'not-found', 'conflict'],
      async handle({ params, body, principal }) {
        const changed = await emotes.rename(ownerKey(principal!), params.id, body.name)
        return { body: { success: true, code: 200, msg: 'renamed', emote: changed } }
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/assets/emotes/:id',
      summary: 'Delete an emote',
      tag: 'assets',
      access: { kind: 'scope', scope: 'manage' },
      params,
      success: { status: 204, description: 'Deleted; lines that name it show its name.' },
      errors: ['not-found'],
      async handle({ params, principal }) {
        await emotes.remove(ownerKey(principal!), params.id)
        return { body: undefined }
      },
    }),
  ]
}
