import { z } from 'zod'
import { SCOPES, type Scope } from '../../../shared/account.ts'
import { CONTROL_ACTIONS, type ControlEvent, type MetaEvent } from '../../../shared/events.ts'
import { LIMITS } from '../../../shared/limits.ts'
import { speakerName } from '../../../shared/message.ts'
import { type Room, roomSettingsPatch } from '../../../shared/room.ts'
import type { Audit } from '../audit/index.ts'
import type { Auth, Principal } from '../auth/index.ts'
import { ApiError } from '../errors.ts'
import { answer, roomAnswer } from '../http/answer.ts'
import { clientOf } from '../http/client.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { createTurns } from '../limits/index.ts'
import type { StreamEvent } from '../sse/index.ts'
import { type RoomRecord, type Rooms, toRoom } from './rooms.ts'

const roomParams = z.object({ room: z.string() })
const roomName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'control characters are not allowed')

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
  label: z.string().max(LIMITS.targetLength).optional(),
})
const typingInput = z.strictObject({ speaker: speakerName.default(''), text: z.string().max(2_000) })

interface RoomRouteParts {
  audit: Audit
  auth: Auth
  rooms: Rooms
  /** Carries it out on the stage and tells the players, on every server. @returns how many streams it went to. */
  control(room: RoomRecord, event: ControlEvent): Promise<number>
  /** An event without an id, for those who are here now; it may be lost. @returns how many streams it went to. */
  live(room: string, event: StreamEvent): number
  /** Whose a room is that the server's own token makes; null before the first account. */
  serverOwner(): Promise<string | null>
}

/** Rooms that one member may have: a runaway script must not fill the list. */
const MAX_ROOMS = 100

export function roomRoutes({ audit, auth, control, live, rooms, serverOwner }: RoomRouteParts): Route[] {
  /** @returns the room as this credential sees it. */
  async function show(room: RoomRecord, principal: Principal): Promise<Room> {
    const may: Scope[] = []
    for (const scope of SCOPES) if (await auth.mayUse(principal, room, scope)) may.push(scope)
    return toRoom(room, may)
  }

  const inTurn = createTurns()

  async function requireSpace(principal: Principal): Promise<void> {
    if (principal.rooms !== null) {
      throw new ApiError('forbidden', 'this token is limited to rooms: it can’t make another')
    }
    if (principal.role === 'owner') return
    const own = (await rooms.list()).filter(room => room.ownerId === principal.userId)
    if (own.length >= MAX_ROOMS) throw new ApiError('conflict', `one account has at most ${MAX_ROOMS} rooms`)
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/rooms',
      summary: 'List the rooms that you may use',
      tag: 'rooms',
      access: { kind: 'scope', scope: 'read' },
      success: { status: 200, description: 'The rooms.', schema: answer({ rooms: z.array(roomAnswer) }) },
      async handle({ principal }) {
        const all = await Promise.all((await rooms.list()).map(room => show(room, principal!)))
        const visible = all.filter(room => room.may.includes('read'))
        return { body: { success: true, code: 200, msg: 'ok', rooms: visible } }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/rooms',
      summary: 'Create a room',
      tag: 'rooms',
      access: { kind: 'scope', scope: 'manage' },
      body: createInput,
      success: { status: 201, description: 'The room.', schema: answer({ room: roomAnswer }) },
      errors: ['bad-json', 'invalid-input', 'forbidden', 'conflict'],
      async handle({ req, body, principal }) {
        const room = await inTurn(principal!.userId ?? '', async () => {
          await requireSpace(principal!)
          return rooms.create({
            id: body.id,
            ownerId: principal!.userId ?? (await serverOwner()),
            ...(body.name === undefined ? {} : { name: body.name }),
          })
        })
        audit.record('room.create', { actor: principal, address: clientOf(req).address, target: room.id })
        return { body: { success: true, code: 201, msg: 'created', room: await show(room, principal!) } }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/rooms/:room',
      summary: 'Read a room with its settings',
      tag: 'rooms',
      access: { kind: 'scope', scope: 'read' },
      params: roomParams,
      success: { status: 200, description: 'The room.', schema: answer({ room: roomAnswer }) },
      errors: ['unknown-room'],
      async handle({ params, principal }) {
        const room = await rooms.get(params.room)
        return { body: { success: true, code: 200, msg: 'ok', room: await show(room, principal!) } }
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
      success: { status: 200, description: 'The room as it is now.', schema: answer({ room: roomAnswer }) },
      errors: ['bad-json', 'invalid-input', 'unknown-room', 'forbidden', 'conflict'],
      async handle({ req, params, principal, body }) {
        const { isDefault, ...change } = body
        // The default room is what the server shows at its own address.
        if (isDefault && principal!.role !== 'owner')
          throw new ApiError('forbidden', 'only an owner may choose the default room')
        let room = await rooms.change(params.room, change)
        if (isDefault) room = await rooms.makeDefault(room.id)
        audit.record('room.change', {
          actor: principal,
          address: clientOf(req).address,
          target: room.id,
          detail: changeDetail(body),
        })
        return { body: { success: true, code: 200, msg: 'changed', room: await show(room, principal!) } }
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
      async handle({ req, params, principal }) {
        await rooms.delete(params.room)
        audit.record('room.delete', {
          actor: principal,
          address: clientOf(req).address,
          target: params.room.toLowerCase(),
        })
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
      success: {
        status: 202,
        description: 'How many streams it was written to.',
        schema: answer({ streams: z.int() }),
      },
      errors: ['bad-json', 'invalid-input', 'unknown-room'],
      async handle({ params, body }) {
        const room = await rooms.get(params.room)
        const event: ControlEvent = body.label
          ? { action: body.action, label: body.label }
          : { action: body.action }
        const streams = await control(room, event)
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
      success: {
        status: 202,
        description: 'How many streams it was written to.',
        schema: answer({ streams: z.int() }),
      },
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

/** What of a room was changed; neither the watch key nor the settings' values. */
function changeDetail({ name, settings, watchKey, isDefault }: z.output<typeof changeInput>) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(settings === undefined ? {} : { settings: Object.keys(settings).join(' ') }),
    ...(watchKey === undefined ? {} : { watchKey: watchKey === null ? 'removed' : 'set' }),
    ...(isDefault ? { isDefault } : {}),
  }
}
