import { z } from 'zod'
import { addModeratorInput } from '../../../shared/account.ts'
import type { Audit } from '../audit/index.ts'
import { ApiError } from '../errors.ts'
import { answer } from '../http/answer.ts'
import { clientOf } from '../http/client.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { Users } from '../users/index.ts'
import type { Moderators } from './moderators.ts'
import type { Rooms } from './rooms.ts'

const moderatorList = answer({
  moderators: z.array(z.object({ id: z.string(), username: z.string(), since: z.int() })),
})

const roomParams = z.object({ room: z.string() })
const moderatorParams = z.object({ room: z.string(), user: z.string().max(64) })

interface ModeratorRouteParts {
  audit: Audit
  moderators: Moderators
  rooms: Rooms
  users: Users
  /** Ends the streams that rest on what has just been taken away. */
  accessLost(userId: string): Promise<void>
}

/** Sharing a room with others. */
export function moderatorRoutes(parts: ModeratorRouteParts): Route[] {
  const { audit, moderators, rooms, users, accessLost } = parts
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/rooms/:room/moderators',
      summary: 'List whom a room is shared with',
      tag: 'rooms',
      access: { kind: 'scope', scope: 'read' },
      params: roomParams,
      success: { status: 200, description: 'The moderators.', schema: moderatorList },
      errors: ['unknown-room'],
      async handle({ params }) {
        const room = await rooms.get(params.room)
        const list = await moderators.list(room.id)
        return { body: { success: true, code: 200, msg: 'ok', moderators: list } }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/rooms/:room/moderators',
      summary: 'Share a room: the user may send, read, retract and kick there',
      tag: 'rooms',
      access: { kind: 'scope', scope: 'manage' },
      params: roomParams,
      body: addModeratorInput,
      success: { status: 201, description: 'The moderators as they are now.', schema: moderatorList },
      errors: ['bad-json', 'invalid-input', 'unknown-room', 'not-found', 'conflict'],
      async handle({ req, params, principal, body }) {
        const room = await rooms.get(params.room)
        const user = await users.findByName(body.username)
        if (!user) throw new ApiError('not-found', 'there is no account of this name')
        if (user.id === room.ownerId) throw new ApiError('conflict', 'the room is theirs already')
        if (await moderators.add(room.id, user.id)) {
          audit.record('room.share', {
            actor: principal,
            address: clientOf(req).address,
            target: room.id,
            detail: { with: user.username },
          })
        }
        const list = await moderators.list(room.id)
        return { body: { success: true, code: 201, msg: 'shared', moderators: list } }
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/rooms/:room/moderators/:user',
      summary: 'Take a room back from a moderator; what they have open of it ends at once',
      tag: 'rooms',
      access: { kind: 'scope', scope: 'manage' },
      params: moderatorParams,
      success: { status: 204, description: 'Taken back.' },
      errors: ['unknown-room', 'not-found'],
      async handle({ req, params, principal }) {
        const room = await rooms.get(params.room)
        if (!(await moderators.remove(room.id, params.user)))
          throw new ApiError('not-found', 'the room is not shared with them')
        await accessLost(params.user)
        const user = await users.find(params.user)
        audit.record('room.unshare', {
          actor: principal,
          address: clientOf(req).address,
          target: room.id,
          detail: { with: user?.username ?? '' },
        })
        return { body: undefined }
      },
    }),
  ]
}
