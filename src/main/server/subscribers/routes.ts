import type { Request, Response } from 'express'
import { z } from 'zod'
import type { PlayerInfo, PlayerReport } from '../../../shared/events.ts'
import { PLACES } from '../../../shared/events.ts'
import { RETRY_INTERVAL } from '../../../shared/limits.ts'
import { playerReport, type SubscribeInput, subscribeInput } from '../../../shared/stream.ts'
import type { Audit } from '../audit/index.ts'
import type { Cluster } from '../backplane/index.ts'
import { ApiError } from '../errors.ts'
import { answer } from '../http/answer.ts'
import { clientOf } from '../http/client.ts'
import { STREAM_HEADERS } from '../http/headers.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { Presence } from '../presence/index.ts'
import type { Rooms, Stage } from '../rooms/index.ts'
import { EventStreamWriter, Frame, type Hub, type Subscriber } from '../sse/index.ts'
import { closeForGood } from './close.ts'
import { toPlayerInfo } from './players.ts'
import { nodeOfStream, type Subscriptions } from './subscribe.ts'

const RETRY = Frame.text(`retry: ${RETRY_INTERVAL}\n\n`)

const player = z.object({
  id: z.string(),
  device: z.string(),
  label: z.string(),
  place: z.enum(PLACES),
  address: z.string(),
  userAgent: z.string(),
  since: z.int(),
  report: playerReport.nullable(),
  backlogBytes: z.int(),
})
const roomParams = z.object({ room: z.string().max(64) })
const subscriberParams = z.object({ room: z.string().max(64), id: z.string().max(64) })
const stream = {
  status: 200,
  description: 'An event stream (text/event-stream): hello, what was missed, then live.',
  contentType: 'text/event-stream',
}

interface SubscriberRouteParts {
  cluster: Cluster
  audit: Audit
  hub: Hub
  presence: Presence
  rooms: Rooms
  stage: Stage
  subscriptions: Subscriptions
}

export function subscriberRoutes({
  cluster,
  audit,
  hub,
  presence,
  rooms,
  stage,
  subscriptions,
}: SubscriberRouteParts): Route[] {
  async function open(req: Request, res: Response, room: string, input: SubscribeInput): Promise<undefined> {
    const admission = await subscriptions.admit(req, room, input)
    let subscriber: Subscriber | undefined
    const sink = new EventStreamWriter(
      req,
      res,
      () => subscriber && subscriptions.stop(subscriber),
      STREAM_HEADERS,
    )
    sink.write(RETRY)
    subscriber = subscriptions.start(admission, sink)
    return undefined
  }

  function find(room: string, id: string): Subscriber {
    const subscriber = hub.find(id)
    if (!subscriber || subscriber.room !== room)
      throw new ApiError('not-found', 'this stream is no longer open')
    return subscriber
  }

  const { calls, node, nodes } = cluster
  type At = { room: string; id: string }

  async function kick({ room, id }: At): Promise<PlayerInfo> {
    const subscriber = find(room, id)
    closeForGood(subscriber, 'kicked')
    return toPlayerInfo(subscriber)
  }

  async function report({ room: roomId, id, body }: At & { body: PlayerReport }): Promise<void> {
    const subscriber = find(roomId, id)
    const room = await rooms.get(roomId)
    subscriber.report = body
    // A preview in the controller is nobody's screen.
    if (subscriber.info.place !== 'preview') await stage.report(room, body)
    presence.playersChanged(roomId)
  }

  /** Where the stream is: a proxy may hand a request to any server. */
  async function whereItIs<Input extends At, Output>(
    name: string,
    input: Input,
    here: (input: Input) => Promise<Output>,
  ): Promise<Output> {
    const owner = nodeOfStream(input.id)
    return owner === node || !nodes.alive.has(owner) ? here(input) : calls.call<Output>(owner, name, input)
  }

  calls.on('stream.kick', kick)
  calls.on('stream.report', report)
  calls.on('stream.players', ({ room }: { room: string }) => playersHere(room))
  const playersHere = (room: string) =>
    [...hub.inRoom(room)].filter(one => one.info.role === 'player').map(toPlayerInfo)

  const events = (method: 'get' | 'post', path: string, summary: string): Route =>
    defineRoute({
      method,
      path,
      summary,
      tag: 'events',
      access: {
        kind: 'own',
        description: 'Public for open rooms; else the room’s watch key or a token that may read.',
      },
      ...(method === 'get'
        ? {
            query: path.includes(':room')
              ? subscribeInput
              : subscribeInput.extend({ room: z.string().max(64).default('') }),
          }
        : {
            body: path.includes(':room')
              ? subscribeInput
              : subscribeInput.extend({ room: z.string().max(64).default('') }),
          }),
      headers: {
        'Last-Event-ID':
          'The last id that was seen: what came after it is sent. An EventSource sends it by itself.',
      },
      success: stream,
      errors: ['invalid-input', 'unauthenticated', 'token-expired', 'forbidden', 'too-many-requests'],
      handle({ req, res, params, query, body }) {
        const input = (method === 'get' ? query : body) as SubscribeInput & { room?: string }
        const room = (params as { room?: string }).room ?? input.room ?? ''
        return open(req, res, room, input)
      },
    })

  return [
    events('get', '/api/v1/events', 'Listen to a room (the default one, or by ?room=)'),
    events('post', '/api/v1/events', 'Listen to a room, for fetch clients'),
    events('get', '/api/v1/rooms/:room/events', 'Listen to a room'),
    events('post', '/api/v1/rooms/:room/events', 'Listen to a room, for fetch clients'),
    defineRoute({
      method: 'get',
      path: '/api/v1/rooms/:room/subscribers',
      summary: 'Who watches: each open player and what it shows',
      tag: 'events',
      access: { kind: 'scope', scope: 'read' },
      params: roomParams,
      success: {
        status: 200,
        description: 'The open players.',
        schema: answer({ controllers: z.int(), subscribers: z.array(player) }),
      },
      errors: ['unknown-room'],
      async handle({ params }) {
        const room = await rooms.get(params.room)
        const elsewhere = await calls.callAll<PlayerInfo[]>(
          'stream.players',
          { room: room.id },
          cluster.others(),
        )
        const players = [...playersHere(room.id), ...elsewhere.flat()]
        return {
          body: {
            success: true,
            code: 200,
            msg: 'ok',
            controllers: presence.controllers(room.id),
            subscribers: players,
          },
        }
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/rooms/:room/subscribers/:id',
      summary: 'Close a stream for good',
      tag: 'events',
      access: { kind: 'scope', scope: 'moderate' },
      params: subscriberParams,
      success: { status: 204, description: 'Closed.' },
      errors: ['unknown-room', 'not-found'],
      async handle({ req, params, principal }) {
        const room = await rooms.get(params.room)
        const at = { room: room.id, id: params.id }
        const { address, device, label } = await whereItIs('stream.kick', at, kick)
        audit.record('player.kick', {
          actor: principal,
          address: clientOf(req).address,
          target: room.id,
          detail: { player: address, device, label },
        })
        return { body: undefined }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/rooms/:room/subscribers/:id/report',
      summary: 'A player says what it shows',
      tag: 'events',
      access: {
        kind: 'own',
        description: 'The stream’s own id, which only its client and the room’s controllers know.',
      },
      params: subscriberParams,
      body: playerReport,
      success: { status: 204, description: 'Noted.' },
      errors: ['invalid-input', 'unknown-room', 'not-found'],
      async handle({ params, body }) {
        const room = await rooms.get(params.room)
        await whereItIs('stream.report', { room: room.id, id: params.id, body }, report)
        return { body: undefined }
      },
    }),
  ]
}
