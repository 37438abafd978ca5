import { z } from 'zod'
import type { ErrorCode } from '../../../shared/errors.ts'
import { publishInput } from '../../../shared/message.ts'
import { type Auth, bearerToken } from '../auth/index.ts'
import { answer, messageAnswer } from '../http/answer.ts'
import { checkValue, defineRoute, type Route, type RouteContext } from '../http/route.ts'
import type { RoomRecord, Rooms } from '../rooms/rooms.ts'
import type { Messages } from './messages.ts'

const sendQuery = z.object({
  token: z.string().max(4096).optional(),
  msg: z.string(),
  room: z.string().max(64).optional(),
})

const sendBody = publishInput.extend({
  token: z.string().max(4096).optional(),
  room: z.string().max(64).optional(),
})

const sent = {
  status: 202,
  description: 'Sent: `target` names the room, `event` is the message as players get it.',
  schema: answer({ target: z.object({ room: z.string(), streams: z.int() }), event: messageAnswer }),
}

/** The API of the first Streaming Message, as its curl lines use it. */
export function seedRoutes({
  auth,
  rooms,
  messages,
}: {
  auth: Auth
  rooms: Rooms
  messages: Messages
}): Route[] {
  const roomOf = (id: string | undefined): Promise<RoomRecord> => (id ? rooms.get(id) : rooms.default())

  async function send(
    req: RouteContext<unknown, unknown, unknown>['req'],
    token: string | undefined,
    roomId: string | undefined,
    input: z.output<typeof publishInput>,
  ) {
    const principal = await auth.identify(token, req)
    const room = await roomOf(roomId)
    await auth.requireRoom(principal, room, 'publish')
    await auth.limitPublishing(req, principal)
    const { message, streams } = await messages.publish(room, input)
    return {
      body: {
        success: true,
        code: 202,
        msg: 'Message Event Sent',
        target: { room: room.id, streams },
        event: message,
      },
    }
  }

  const refusals: ErrorCode[] = [
    'unauthenticated',
    'token-expired',
    'too-many-requests',
    'forbidden',
    'unknown-room',
  ]
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/send/:speaker',
      summary: 'Send a line by its address alone',
      tag: 'messages',
      access: { kind: 'own', description: 'The token by query or as a bearer token; it may publish.' },
      params: z.object({ speaker: z.string() }),
      query: sendQuery,
      success: sent,
      errors: [...refusals, 'too-large'],
      handle({ req, params, query }) {
        const data = {
          message: query.msg,
          verified_by: 'Request URL Parameters',
          from: 'Web API',
          method: 'GET',
        }
        const input = checkInput({ speaker: params.speaker, data, meta: 'message' })
        return send(req, query.token ?? bearerToken(req), query.room, input)
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/send',
      summary: 'Send a line; the token in the body or as a bearer token',
      tag: 'messages',
      access: { kind: 'own', description: 'The token in the body or as a bearer token; it may publish.' },
      body: sendBody,
      anyContentType: true,
      success: sent,
      errors: refusals,
      handle({ req, body }) {
        const { token, room, ...input } = body
        const data = { ...input.data, from: 'Web API', method: 'POST' }
        return send(req, bearerToken(req) ?? token, room, { ...input, data })
      },
    }),
  ]
}

/** The GET line's parts, through the same door as every other message. */
function checkInput(input: z.input<typeof publishInput>): z.output<typeof publishInput> {
  return checkValue(publishInput, input, 'query')
}
