import { z } from 'zod'
import { CONTROL_ACTIONS, type ControlEvent, type MetaEvent } from '../../../shared/events.ts'
import { LIMITS } from '../../../shared/limits.ts'
import { speakerName } from '../../../shared/message.ts'
import { roomSettingsPatch } from '../../../shared/room.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { StreamEvent } from '../sse/index.ts'
import { type Rooms, toRoom } from './rooms.ts'
import type { Stage } from './stage.ts'

const roomParams = z.object({ room: z.string() })
const roomName = z.string().trim().min(1).max(80)

const createInput = z.strictObject({ id: z.string().max(64), name: roomName.optional() })
const changeInput = z.strictObject({
  name: roomName.optional(),
  settings: roomSettingsPatch.optional(),
  /** Null opens the room to everybody. */
  watchKey: z
    .string()
    .min(4)
    .max(128)
    .regex(/^[\x21-\x7e]+$/, 'use letters, digits and signs of ASCII')
    .nullable()
    .optional(),
  isDefault: z.literal(true).optional(),
  version: z.number().int().optional(),
})
const controlInput = z.strictObject({
  action: z.enum(CONTROL_ACTIONS),
  label: z.string().max(LIMITS.labelLength).optional(),
})
const typingInput = z.strictObject({ speaker: speakerName.default(''), text: z.string().max(2_000) })

interface RoomRouteParts {
  rooms: Rooms
  stage: Stage
  /** An event without an id, for those who are here now. @returns how many streams it went to. */
  live(room: string, event: StreamEvent): number
}

export function roomRoutes({ rooms, stage, live }: RoomRouteParts): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/rooms',
      summary: 'List the rooms that you may use',
      tag: 'rooms',
      access: { kind: 'scope', scope: 'read' },
      success: { status: 200, description: 'The rooms.' },
      async handle({ principal }) {
        const all = await rooms.list()
        const visible = all.filter(room => principal!.rooms === null || principal!.rooms.has(room.id))
        const withKey = principal!.scopes.has('manage')
        return {
          body: { success: true, code: 200, msg: 'ok', rooms: visible.map(room => toRoom(room, withKey)) },
        }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/rooms',
      summary: 'Create a room',
      tag: 'rooms',
      access: { kind: 'scope', scope: 'manage' },
      body: createInput,
      success: { status: 201, description: 'The room.' },
      errors: ['invalid-input', 'conflict'],
      async handle({ body, principal }) {
        const room = await rooms.create({
          id: body.id,
          ownerId: principal!.userId,
          ...(body.name === undefined ? {} : { name: body.name }),
        })
        return { body: { success: true, code: 201, msg: 'created', room: toRoom(room, true) } }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/rooms/:room',
      summary: 'Read a room with its settings',
      tag: 'rooms',
      access: { kind: 'scope', scope: 'read' },
      params: roomParams,
      success: { status: 200, description: 'The room.' },
      errors: ['unknown-room'],
      async handle({ params, principal }) {
        const room = await rooms.get(params.room)
        return {
          body: { success: true, code: 200, msg: 'ok', room: toRoom(room, principal!.scopes.has('manage')) },
        }
      },
    }),
    defineRoute({
      method: 'patch',
      path: '/api/v1/rooms/:room',
      summary: 'Change a room; open players follow at once',
      tag: 'rooms',
      access: { kind: 'scope', scope: 'manage' },
      params: roomParams,
      body: changeInput,
      success: { status: 200, description: 'The room as it is now.' },
      errors: ['bad-json', 'invalid-input', 'unknown-room', 'conflict'],
      async handle({ params, body }) {
        const { isDefault, ...change } = body
        let room = await rooms.change(params.room, change)
        if (isDefault) room = await rooms.makeDefault(room.id)
        return { body: { success: true, code: 200, msg: 'changed', room: toRoom(room, true) } }
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/rooms/:room',
      summary: 'Delete a room with its history',
      tag: 'rooms',
      access: { kind: 'scope', scope: 'manage' },
      params: roomParams,
      success: { status: 204, description: 'Deleted.' },
      errors: ['unknown-room', 'conflict'],
      async handle({ params }) {
        await rooms.delete(params.room)
        return { body: undefined }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/rooms/:room/control',
      summary: 'Next, skip, clear, show, hide, pause or resume on the players',
      tag: 'rooms',
      access: { kind: 'scope', scope: 'publish' },
      params: roomParams,
      body: controlInput,
      success: { status: 202, description: 'How many streams it was written to.' },
      errors: ['bad-json', 'invalid-input', 'unknown-room'],
      async handle({ params, body }) {
        const room = await rooms.get(params.room)
        const event: ControlEvent = body.label
          ? { action: body.action, label: body.label }
          : { action: body.action }
        if (!event.label) await stage.control(room, event.action)
        const streams = live(room.id, { event: 'control', data: JSON.stringify(event) })
        return { body: { success: true, code: 202, msg: 'sent', streams } }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/rooms/:room/typing',
      summary: 'Tell players what is being typed, before it is sent',
      tag: 'rooms',
      access: { kind: 'scope', scope: 'publish' },
      params: roomParams,
      body: typingInput,
      success: { status: 202, description: 'How many streams it was written to.' },
      errors: ['bad-json', 'invalid-input', 'unknown-room'],
      async handle({ params, body }) {
        const room = await rooms.get(params.room)
        const event: MetaEvent = { type: 'typing', ...body }
        const streams = live(room.id, { event: 'meta', data: JSON.stringify(event) })
        return { body: { success: true, code: 202, msg: 'sent', streams } }
      },
    }),
  ]
}
