import { z } from 'zod'
import { type MessageData, messageData, publishInput } from '../../../shared/message.ts'
import type { Audit } from '../audit/index.ts'
import { answer, messageAnswer } from '../http/answer.ts'
import { clientOf } from '../http/client.ts'
import { refuseCompressed } from '../http/json-body.ts'
import { takeYourTime } from '../http/raw-request-line.ts'
import { checkValue, defineRoute, type Route } from '../http/route.ts'
import type { Rooms } from '../rooms/rooms.ts'
import { openLiveMessage } from './live.ts'
import type { Messages } from './messages.ts'
import type { RoomLog } from './room-log.ts'
import { createTextStream } from './text-stream.ts'

const roomParams = z.object({ room: z.string() })
const messageParams = z.object({ room: z.string(), id: z.string().max(64) })
const idempotencyKey = z.string().min(1).max(128)

const streamQuery = publishInput.pick({ speaker: true, label: true }).extend({
  format: messageData.shape.format,
})

const historyQuery = z.object({
  /** Messages before this id; absent = from the newest. */
  before: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  search: z.string().max(200).optional(),
})

interface MessageRouteParts {
  audit: Audit
  rooms: Rooms
  messages: Messages
  log: RoomLog
}

export function messageRoutes({ audit, rooms, messages, log }: MessageRouteParts): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/rooms/:room/messages',
      summary: 'Publish a line',
      tag: 'messages',
      access: { kind: 'scope', scope: 'publish' },
      params: roomParams,
      headers: {
        'Idempotency-Key':
          'Makes a retry safe for a day: a line with a key that is known is not sent again. 1 to 128 characters.',
      },
      body: publishInput,
      success: {
        status: 202,
        description: 'The message with its id, and how many streams it was written to.',
        schema: answer({ message: messageAnswer, streams: z.int(), repeated: z.boolean() }),
      },
      errors: ['bad-json', 'invalid-input', 'unknown-room', 'too-large'],
      async handle({ req, params, body }) {
        const room = await rooms.get(params.room)
        const header = req.headers['idempotency-key']
        const key = header === undefined ? undefined : checkValue(idempotencyKey, header, 'Idempotency-Key')
        const published = await messages.publish(room, body, key === undefined ? {} : { idempotencyKey: key })
        return { body: { success: true, code: 202, msg: 'published', ...published } }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/rooms/:room/stream',
      summary: 'Publish a line while it is being written: the body is the text as it comes',
      tag: 'messages',
      access: { kind: 'scope', scope: 'publish' },
      params: roomParams,
      query: streamQuery,
      rawBody: {
        description:
          'The text, in pieces as they come: as it is, a JSON value a line (a string, or `{text}`), or the event stream of an OpenAI-compatible chat completion.',
        types: {
          'text/plain': { example: '冲！冲刺！' },
          'application/x-ndjson': { example: '"冲！"\n{"text":"冲刺！"}\n' },
          'text/event-stream': {
            example: 'data: {"choices":[{"delta":{"content":"冲！冲刺！"}}]}\n\ndata: [DONE]\n\n',
          },
        },
      },
      success: {
        status: 202,
        description: 'The message whole, once the body has ended.',
        schema: answer({ message: messageAnswer }),
      },
      errors: ['invalid-input', 'unknown-room', 'conflict', 'too-large', 'unsupported-type'],
      async handle({ req, params, query }) {
        const room = await rooms.get(params.room)
        const { speaker, label, format } = query
        const data: MessageData = format === undefined ? {} : { format }
        // Before anybody is told of a line: what can't be read would never end.
        refuseCompressed(req)
        const live = await openLiveMessage({ messages, log }, room, { speaker, data, label })
        takeYourTime(req)
        const text = createTextStream(req.headers['content-type'] ?? '')
        let failure: unknown
        try {
          for await (const bytes of req) await live.append(text.push(bytes))
          await live.append(text.end())
        } catch (error) {
          // What has come is on the screens already: the message ends there, whatever ended the body.
          failure = error
        }
        const message = await live.finish()
        if (failure) throw failure
        return { body: { success: true, code: 202, msg: 'published', message } }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/rooms/:room/messages',
      summary: 'Read the history, newest first',
      tag: 'messages',
      access: { kind: 'scope', scope: 'read' },
      params: roomParams,
      query: historyQuery,
      success: {
        status: 200,
        description: 'A page of messages; `next` goes into `before` for the page after it.',
        schema: answer({ messages: z.array(messageAnswer), next: z.string().nullable() }),
      },
      errors: ['unknown-room', 'not-found'],
      async handle({ params, query }) {
        const page = await messages.history(await rooms.get(params.room), query)
        return { body: { success: true, code: 200, msg: 'ok', ...page } }
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/rooms/:room/messages',
      summary: 'Empty the history, on the screens too',
      tag: 'messages',
      access: { kind: 'scope', scope: 'moderate' },
      params: roomParams,
      success: { status: 204, description: 'Emptied.' },
      errors: ['unknown-room'],
      async handle({ req, params, principal }) {
        const room = await rooms.get(params.room)
        await messages.clear(room)
        audit.record('room.clear', { actor: principal, address: clientOf(req).address, target: room.id })
        return { body: undefined }
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/rooms/:room/messages/:id',
      summary: 'Take a line back: off the screen and out of the history',
      tag: 'messages',
      access: { kind: 'scope', scope: 'publish' },
      params: messageParams,
      success: { status: 204, description: 'Retracted.' },
      errors: ['unknown-room', 'not-found'],
      async handle({ params }) {
        await messages.retract(await rooms.get(params.room), params.id)
        return { body: undefined }
      },
    }),
  ]
}
