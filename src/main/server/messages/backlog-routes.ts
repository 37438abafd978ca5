import { z } from 'zod'
import type { Message, MessageData } from '../../../shared/message.ts'
import { isFor } from '../../../shared/target.ts'
import { type Auth, bearerToken } from '../auth/index.ts'
import { ApiError } from '../errors.ts'
import { answer, messageAnswer } from '../http/answer.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Messages } from './messages.ts'

const roomParams = z.object({ room: z.string() })
const backlogQuery = z.object({
  before: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  label: z.string().max(64).default(''),
  key: z.string().max(128).optional(),
})

/** What was said, for the audience: what a player shows of a message and nothing else that its sender put into it. */
function forAudience({ id, room, speaker, data, time, status }: Message): Message {
  const shown: MessageData = {}
  if (data.message !== undefined) shown.message = data.message
  // Echo-Live's shape.
  if (data.messages !== undefined) shown.messages = data.messages
  if (data.username !== undefined) shown.username = data.username
  if (data.format !== undefined) shown.format = data.format
  if (data.look !== undefined) shown.look = data.look
  if (typeof data.color === 'string') shown.color = data.color
  return { id, room, speaker, data: shown, time, meta: null, status }
}

interface BacklogRouteParts {
  auth: Auth
  rooms: Rooms
  messages: Messages
}

export function backlogRoutes({ auth, rooms, messages }: BacklogRouteParts): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/rooms/:room/backlog',
      summary: 'What was said, for whoever may watch the room; newest first',
      tag: 'messages',
      access: {
        kind: 'own',
        description: 'Anybody; with the watch key (or a token) where the room has one.',
      },
      params: roomParams,
      query: backlogQuery,
      success: {
        status: 200,
        description: 'A page of messages; `next` goes into `before` for the page after it.',
        schema: answer({ messages: z.array(messageAnswer), next: z.string().nullable() }),
      },
      errors: ['unknown-room', 'forbidden', 'not-found', 'too-many-requests'],
      async handle({ req, params, query }) {
        const room = await rooms.get(params.room)
        const { key, label, ...page } = query
        if (!(await auth.mayWatch(req, room, key))) {
          const token = bearerToken(req)
          if (!token)
            throw new ApiError(
              'forbidden',
              'this room asks for its watch key: open the address that its owner gave',
            )
          await auth.requireRoom(await auth.identify(token, req), room, 'read')
        }
        const { messages: found, next } = await messages.history(room, page)
        const shown = found.filter(message => isFor(message.label, label)).map(forAudience)
        return { body: { success: true, code: 200, msg: 'ok', messages: shown, next } }
      },
    }),
  ]
}
