import { randomBytes } from 'node:crypto'
import type { Request } from 'express'
import type { EmoteLook } from '../../../shared/emote.ts'
import { API_VERSION, type HelloEvent } from '../../../shared/events.ts'
import { formatEventId, parseEventId } from '../../../shared/ids.ts'
import { KEEP_ALIVE_INTERVAL } from '../../../shared/limits.ts'
import { DEFAULT_ROOM_SETTINGS } from '../../../shared/room-defaults.ts'
import type { SubscribeInput } from '../../../shared/stream.ts'
import { type Auth, bearerToken, type Principal } from '../auth/index.ts'
import { type Cluster, healthFrame } from '../backplane/index.ts'
import { ApiError } from '../errors.ts'
import { FALLBACK_ROOM, type Fallback } from '../fallback/index.ts'
import { isForeign } from '../http/origin-check.ts'
import type { StreamLimits } from '../limits/index.ts'
import { createReplay } from '../messages/index.ts'
import type { Presence } from '../presence/index.ts'
import type { RoomRecord, Rooms, Stage } from '../rooms/index.ts'
import { Frame, type Hub, type Sink, Subscriber, type SubscriberInfo, streamStats } from '../sse/index.ts'
import type { Database } from '../store/index.ts'
import { closeForGood, isLockedOut } from './close.ts'
import { neededControls, partsAround, sendControls } from './missed-controls.ts'

export interface SubscribeParts {
  auth: Auth
  cluster: Pick<Cluster, 'backplane' | 'controlPosition' | 'controlsSince' | 'node' | 'ready'>
  db: Database
  fallback: Fallback
  hub: Hub
  limits: StreamLimits
  presence: Presence
  rooms: Rooms
  stage: Stage
  /** What `:name:` shows in the room. */
  emotes(room: RoomRecord): Promise<EmoteLook[]>
  /** What a new stream of the room is told right after hello; null = nothing more. */
  introduction(room: RoomRecord): Promise<Frame | null>
}

/** Who opens a stream, checked; the stream itself may then be opened. */
export interface Admission {
  /** Null: no such room, the fallback is shown. */
  room: RoomRecord | null
  /** What the address named, in lower case; the fallback waits under it for the room to be made. */
  roomKey: string
  info: Omit<SubscriberInfo, 'id'>
  /** Replay begins after this id. */
  after: string | undefined
  since: string | undefined
  /** The controls that were missed are asked for too. */
  replayControls: boolean
}

export interface Subscriptions {
  /**
   * @param roomText as the address has it; empty = the default room.
   * @throws ApiError where the room asks for a key or the role for a token, or a stranger has too many streams.
   */
  admit(req: Request, roomText: string, input: SubscribeInput): Promise<Admission>
  /**
   * What a new page's stream would begin with, without one: the data of `hello`, its snapshot included, and of what introduces the
   * room. The page goes on with a stream from `hello.last`. Null: no such room, or it asks for another key.
   * @throws ApiError for who tried wrong keys too often.
   */
  preview(req: Request, roomText: string, key: string | undefined): Promise<string[] | null>
  /** Begins the stream: hello, replay, live. Never throws; a failure ends the stream, and the client comes back. */
  start(admission: Admission, sink: Sink): Subscriber
  /** The stream is gone. */
  stop(subscriber: Subscriber): void
}

export function createSubscriptions(parts: SubscribeParts): Subscriptions {
  const { auth, cluster, db, emotes, fallback, hub, introduction, limits, presence, rooms, stage } = parts
  const replay = createReplay(db)

  async function admit(req: Request, roomText: string, input: SubscribeInput): Promise<Admission> {
    const room = roomText === '' ? await rooms.default() : await rooms.find(roomText)
    const token = input.token ?? bearerToken(req)
    // Other sites' pages may watch; what is signed in is not theirs to use.
    if ((token || input.role === 'controller') && isForeign(req)) {
      throw new ApiError('wrong-origin', 'a page of another site may only watch, without a token')
    }
    let principal: Principal | null = null
    if (input.role === 'controller') {
      principal = await auth.identify(token, req)
      if (!room) throw new ApiError('unknown-room', `there is no room "${roomText}"`)
      await auth.requireRoom(principal, room, 'read')
    } else if (room && !(await auth.mayWatch(req, room, input.key))) {
      // A controller's own preview has a token instead of the key.
      if (!token)
        throw new ApiError(
          'forbidden',
          'this room asks for its watch key: open the address that its owner gave',
        )
      principal = await auth.identify(token, req)
      await auth.requireRoom(principal, room, 'read')
    }
    const address = req.ip ?? ''
    if (principal === null && !(await isKnown(token, req))) {
      limits.check({ room: room?.id ?? FALLBACK_ROOM, address })
    }
    return {
      room,
      roomKey: room?.id ?? roomText.toLowerCase(),
      // An EventSource comes back to the address it was given, with the newest id that it has in the header.
      after: header(req, 'last-event-id') || input.last_event_id,
      since: input.since,
      replayControls: input.controls === 'replay',
      info: {
        room: room?.id ?? FALLBACK_ROOM,
        device: input.device,
        label: input.label,
        place: input.place,
        role: input.role,
        address,
        userAgent: header(req, 'user-agent')?.slice(0, 300) ?? '',
        since: Date.now(),
        credential: principal?.credential ?? null,
        expiresAt: principal?.expiresAt ?? null,
        userId: principal?.userId ?? null,
        watchKey: principal ? null : (room?.watchKey ?? null),
      },
    }
  }

  /** The limits are for strangers. */
  async function isKnown(token: string | undefined, req: Request): Promise<boolean> {
    if (!token) return false
    return auth.identify(token, req).then(
      () => true,
      () => false,
    )
  }

  function start(admission: Admission, sink: Sink): Subscriber {
    const { room } = admission
    const info = { ...admission.info, id: newStreamId(cluster.node) }
    const subscriber = new Subscriber(info, sink)
    hub.add(subscriber)
    if (room) {
      begin(subscriber, admission).catch(() => subscriber.end())
    } else {
      subscriber.send(frameOf(hello(subscriber.id, admission, { last: 0, reset: false, control: 0 })))
      subscriber.goLive(0)
      fallback.add(subscriber, admission.roomKey)
      // It may have been made since the stream was admitted.
      rooms.find(admission.roomKey).then(
        made => made && subscriber.end(),
        () => {},
      )
    }
    return subscriber
  }

  /**
   * The room may be another since the stream was admitted: a look-up of a token, or another server's call, lies between.
   * From now on the hub has the stream, and whoever changes the room finds it there.
   */
  async function begin(subscriber: Subscriber, admission: Admission): Promise<void> {
    const room = await rooms.find(subscriber.room)
    if (!room) closeForGood(subscriber, 'room-deleted')
    else if (isLockedOut(subscriber, room)) closeForGood(subscriber, 'locked')
    else await catchUp(subscriber, room, { ...admission, room })
  }

  const reading = new Map<string, Promise<Numbers>>()

  /**
   * Read anew after the call. Those who call in the same turn of the event loop share one query: after a restart, all
   * players of a room come at once.
   */
  function numbersOf(room: string): Promise<Numbers> {
    const known = reading.get(room)
    if (known) return known
    const numbers = new Promise<void>(resolve => setImmediate(resolve)).then(async () => {
      reading.delete(room)
      const row = await db
        .selectFrom('rooms')
        .select(['seq', 'trimmed_seq', 'control_seq'])
        .where('id', '=', room)
        .executeTakeFirstOrThrow()
      return { last: row.seq, trimmed: row.trimmed_seq, control: row.control_seq }
    })
    reading.set(room, numbers)
    return numbers
  }

  async function catchUp(subscriber: Subscriber, room: RoomRecord, admission: Admission): Promise<void> {
    // From here on the stream is given them itself.
    const given = cluster.controlPosition(room)
    // What is stored after this is delivered; what was stored before it is read below.
    await cluster.ready(room)
    const { last, trimmed, control } = await numbersOf(room.id)
    const from = startingPoint(room, admission, { last, trimmed })
    const newest = from.snapshot ? given || control : Math.max(control, cluster.controlPosition(room))
    let position = from.snapshot ? await stage.reach(room, last) : from.position
    const told = from.snapshot ? position : last
    const event = hello(subscriber.id, admission, { last: told, reset: from.reset, control: newest })
    await describe(event, room, from.snapshot ? position : null)
    subscriber.send(frameOf(event))
    const more = await introduction(room)
    if (more) subscriber.send(more)
    if (subscriber.info.role === 'controller' && !cluster.backplane.healthy)
      subscriber.send(healthFrame('away'))
    const controls =
      admission.replayControls && !from.snapshot
        ? neededControls(await cluster.controlsSince(room, position), room.settings, event.stage.paused)
        : []
    // Nothing was missed: what has come since the look at `last` is held.
    if (position === last) {
      sendControls(subscriber, controls, position)
      if (subscriber.goLive(position)) return
    }
    for (;;) {
      const page = await replay.read(room, position)
      // The history was trimmed beyond a slow reader: it comes back, and is told to begin anew.
      if (page.trimmed > position) return subscriber.end()
      streamStats.replayed += page.events
      for (const frame of page.frames) {
        for (const part of partsAround(frame, controls)) {
          sendControls(subscriber, controls, part.before)
          subscriber.send(part.frame)
        }
        await subscriber.drained()
      }
      position = page.last
      sendControls(subscriber, controls, position)
      if (page.complete && subscriber.goLive(position)) return
    }
  }

  /** @param upTo the snapshot's newest `seq`; null: no snapshot. */
  async function describe(event: HelloEvent, room: RoomRecord, upTo: number | null): Promise<void> {
    event.stage = await stage.flags(room)
    event.emotes = await emotes(room)
    if (upTo !== null) event.snapshot = await stage.snapshot(room, upTo)
  }

  async function preview(req: Request, roomText: string, key: string | undefined): Promise<string[] | null> {
    const room = roomText === '' ? await rooms.default() : await rooms.find(roomText)
    if (!room || !(await auth.mayWatch(req, room, key))) return null
    // A control that comes while the rest is read may be in it and is given again: it can be told by its number.
    const given = cluster.controlPosition(room)
    const { last, control } = await numbersOf(room.id)
    const upTo = await stage.reach(room, last)
    const event = hello(
      '',
      { room, roomKey: room.id },
      { last: upTo, reset: false, control: given || control },
    )
    await describe(event, room, upTo)
    const more = await introduction(room)
    return [JSON.stringify(event), ...(more?.events ?? []).map(({ data }) => data)]
  }

  function hello(
    subscriber: string,
    { room, roomKey }: Pick<Admission, 'room' | 'roomKey'>,
    { last, reset, control }: { last: number; reset: boolean; control: number },
  ): HelloEvent {
    const epoch = room?.epoch ?? ''
    return {
      type: 'hello',
      api: { version: API_VERSION },
      subscriber,
      epoch,
      last: room ? formatEventId({ epoch, seq: last }) : '',
      room: roomKey,
      exists: room !== null,
      settings: room?.settings ?? DEFAULT_ROOM_SETTINGS,
      emotes: [],
      presence: { controllers: room ? presence.controllers(room.id) : 0 },
      stage: { visible: true, paused: false },
      snapshot: null,
      control,
      reset,
      keepAlive: KEEP_ALIVE_INTERVAL,
      time: Date.now(),
    }
  }

  return {
    admit,
    preview,
    start,
    stop(subscriber) {
      hub.remove(subscriber)
      fallback.remove(subscriber)
    },
  }
}

/** Of a room's events: the newest, and the newest that is gone from the history. */
interface Numbers {
  last: number
  trimmed: number
  /** Of the newest control that is stored. */
  control: number
}

/** Where a stream begins, by what the client says it has. */
function startingPoint(
  room: RoomRecord,
  { after, since }: Pick<Admission, 'after' | 'since'>,
  { last, trimmed }: Pick<Numbers, 'last' | 'trimmed'>,
): { position: number; snapshot: boolean; reset: boolean } {
  const wanted = after ?? (since !== undefined && since !== 'now' && since !== 'all' ? since : undefined)
  if (wanted !== undefined) {
    const position = parseEventId(wanted)
    const known = position?.epoch === room.epoch && position.seq <= last && position.seq >= trimmed
    if (known) return { position: position.seq, snapshot: false, reset: false }
    return { position: last, snapshot: true, reset: true }
  }
  if (since === 'all') return { position: trimmed, snapshot: false, reset: false }
  return { position: last, snapshot: since !== 'now', reset: false }
}

function frameOf(event: HelloEvent): Frame {
  return Frame.of({ event: 'meta', data: JSON.stringify(event) })
}

/** Characters of a server's name in the ids of the streams it has open. */
const NODE_LENGTH = 8

/** @returns an id that cannot be guessed and tells every server of the cluster which of them has the stream. */
export function newStreamId(node: string): string {
  return node + randomBytes(18).toString('base64url')
}

/** @returns the name of the server that gave this id. */
export function nodeOfStream(id: string): string {
  return id.slice(0, NODE_LENGTH)
}

function header(req: Request, name: string): string | undefined {
  const value = req.headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
