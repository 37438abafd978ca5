import type { Request, Response } from 'express'
import type { Cluster } from '../backplane/index.ts'
import {
  EventStreamWriter,
  Frame,
  type Hub,
  MAX_BACKLOG_BYTES,
  type StreamEvent,
  Subscriber,
} from '../sse/index.ts'
import type { Database } from '../store/index.ts'
import { newStreamId } from '../subscribers/index.ts'
import { createDeviceSink, type DeviceSink } from './device-sink.ts'
import type { Numbered, OpenConnection, Registry, Target } from './registry.ts'
import type { Reason } from './state-change.ts'

/** The streams of devices on this server, each a subscriber of the hub, alone in a room of its own. */
export interface Devices {
  /** Answers the request with the device's stream. */
  open(
    req: Request,
    res: Response,
    device: { uid: string; name: string; after: number | null },
  ): Promise<void>
  /** @returns how many devices that are online it was for. */
  send(target: Target, event: string | null, data: string): Promise<number>
  /** @returns how many. */
  kick(target: Target, payload: string): Promise<number>
  /** Ends all streams of this server in good order. */
  close(): Promise<void>
}

export interface DeviceParts {
  cluster: Cluster
  db: Database
  hub: Hub
  registry: Registry
  /** Milliseconds between two heartbeats. */
  heartbeat: number
}

interface OpenDevice {
  subscriber: Subscriber
  sink: DeviceSink
  name: string
}

/** The events that end a device's stream. */
const END_EVENTS = {
  extrude_offline: 'sys_extrude_offline',
  kick_offline: 'sys_kick_offline',
  instance_close: 'sys_instance_close',
} as const
type EndReason = keyof typeof END_EVENTS

/** What a server is told of devices that have their stream there. */
interface CarriedFrames {
  frames: { name: string; id: number }[]
  event: string | null
  data: string
}

/** Devices of one message between servers. */
const CARRIED = 500
const PREFIX = 'device/'
const keyOf = (name: string) => PREFIX + name

export function createDevices({ cluster, db, hub, registry, heartbeat }: DeviceParts): Devices {
  const { bus, node, order } = cluster
  const open = new Map<string, OpenDevice>()
  /** Connections that the registry has not confirmed yet. */
  const beginning = new Set<string>()
  let closing = false

  const touching = setInterval(touch, heartbeat)
  function touch() {
    const since = performance.now() - heartbeat
    const names = [...open.values()].filter(({ sink }) => sink.touchedAt >= since).map(({ name }) => name)
    // The next beat tries again where the database is away.
    if (names.length > 0) registry.touch(names).catch(() => {})
  }

  function forget(connection: string): OpenDevice | undefined {
    const device = open.get(connection)
    if (!device) return undefined
    open.delete(connection)
    hub.remove(device.subscriber)
    const key = keyOf(device.name)
    if (hub.inRoom(key).size === 0) order.close(key)
    return device
  }

  /** The stream is gone by itself. */
  async function left(connection: string, reason: Reason): Promise<void> {
    const device = forget(connection)
    if (!device || closing) return
    for (let attempt = 0; ; attempt++) {
      try {
        await registry.logout(device.name, connection, reason)
        return
      } catch (error) {
        // The database is away: what is stored would say "online" for ever.
        if (attempt === 10) throw error
        await new Promise(resolve => setTimeout(resolve, 1_000))
      }
    }
  }

  /** Ends a stream that the registry has struck off already. */
  function end(connection: string, reason: EndReason, payload: string) {
    const device = forget(connection)
    device?.subscriber.send(Frame.of({ event: END_EVENTS[reason], data: payload }))
    device?.subscriber.end()
  }

  function endAnywhere(one: OpenConnection, reason: EndReason, payload: string) {
    if (one.node === node) end(one.connection, reason, payload)
    else bus.tellNode(one.node, 'device.end', { connection: one.connection, reason, payload })
  }

  function deliverHere({ frames, event, data }: CarriedFrames) {
    for (const { name, id } of frames) {
      const key = keyOf(name)
      if (hub.inRoom(key).size === 0) continue
      const events = [toEvent(id, event, data)]
      order.offer(key, { from: id, to: id, events })
    }
  }

  function carry(numbered: Numbered[], event: string | null, data: string) {
    const byNode = Map.groupBy(numbered, one => one.node ?? '')
    byNode.delete('')
    for (const [to, devices] of byNode) {
      const frames = devices.map(({ name, id }) => ({ name, id }))
      if (to === node) {
        deliverHere({ frames, event, data })
        continue
      }
      for (let i = 0; i < frames.length; i += CARRIED) {
        bus.tellNode(to, 'device.frames', { frames: frames.slice(i, i + CARRIED), event, data })
      }
    }
  }

  bus.on('device.frames', message => deliverHere(message as unknown as CarriedFrames))
  bus.on('device.end', message => {
    const { connection, reason, payload } = message as unknown as {
      connection: string
      reason: EndReason
      payload: string
    }
    end(connection, reason, payload)
  })

  cluster.onFetch(PREFIX, async (key, after) => {
    const name = key.slice(PREFIX.length)
    const last = await newestOf(name)
    if (last <= after) return []
    const rows = await registry.frames(name, after, last)
    return [{ from: after + 1, to: last, events: rows.map(one => toEvent(one.id, one.event, one.data)) }]
  })

  /** What could not be said: a frame that was lost on its way, a stream that another server struck off. */
  cluster.onReconcile(async () => {
    if (open.size === 0) return
    // Streams that are just beginning are not in the store yet.
    const before = [...open.keys()].filter(connection => !beginning.has(connection))
    const rows = await db
      .selectFrom('broker_devices')
      .select(['name', 'connection', 'last_frame_id'])
      .where('node', '=', node)
      .execute()
    const known = new Set(rows.map(row => row.connection))
    for (const { name, last_frame_id: last } of rows) {
      if (last > order.position(keyOf(name))) order.reached(keyOf(name), last)
    }
    for (const connection of before) {
      if (!known.has(connection)) end(connection, 'instance_close', '')
    }
  })

  /** What a device has missed may be more than its connection takes at once. @param reached the newest frame's id. */
  async function catchUp(
    subscriber: Subscriber,
    name: string,
    missed: Awaited<ReturnType<Registry['frames']>>,
    reached: number,
  ): Promise<void> {
    for (const frame of Frame.several(missed.map(one => toEvent(one.id, one.event, one.data)))) {
      subscriber.send(frame)
      await subscriber.drained()
    }
    if (subscriber.goLive(reached)) return
    // More came meanwhile than is held.
    const last = await newestOf(name)
    await catchUp(subscriber, name, await registry.frames(name, reached, last), last)
  }

  async function newestOf(name: string): Promise<number> {
    const row = await db
      .selectFrom('broker_devices')
      .select('last_frame_id')
      .where('name', '=', name)
      .executeTakeFirst()
    return row?.last_frame_id ?? 0
  }

  return {
    async open(req, res, { uid, name, after }) {
      const connection = newStreamId(node)
      const address = `${req.ip ?? ''}:${req.socket.remotePort ?? 0}`
      const sink = createDeviceSink(heartbeat)
      const subscriber = new Subscriber(
        {
          id: connection,
          room: keyOf(name),
          device: name,
          label: '',
          place: 'browser',
          role: 'device',
          address: req.ip ?? '',
          userAgent: (req.headers['user-agent'] ?? '').slice(0, 300),
          since: Date.now(),
          credential: null,
          expiresAt: null,
          userId: null,
          watchKey: null,
        },
        sink,
      )
      // In the hub before it is in the registry: what is sent from the moment on at which it counts as here is held.
      hub.add(subscriber)
      open.set(connection, { subscriber, sink, name })
      beginning.add(connection)
      const base = Promise.withResolvers<number>()
      void order.open(keyOf(name), () => base.promise).catch(() => {})
      try {
        const login = await registry.login({ name, uid, node, connection, address })
        base.resolve(login.lastFrameId)
        if (login.extruded) endAnywhere(login.extruded, 'extrude_offline', address)
        const given = after !== null && after <= login.lastFrameId ? after : login.seenFrameId
        const missed = await registry.frames(name, given, login.lastFrameId)
        // Another stream of this device, or a kick, has come in between: nothing more is to be told.
        if (!open.has(connection)) {
          res.status(409).end()
          return
        }
        if (req.socket.destroyed) {
          await left(connection, 'device_disconnect')
          return
        }
        const stream = new EventStreamWriter(req, res, () => {
          // What waited was too much: the client has not read for long.
          const reason = stream.backlogBytes > MAX_BACKLOG_BYTES ? 'heartbeat_fail' : 'device_disconnect'
          void left(connection, reason).catch(() => {})
        })
        sink.attach(stream)
        subscriber.send(Frame.of({ event: 'sys_connected', data: address }))
        await catchUp(subscriber, name, missed, login.lastFrameId)
      } catch (error) {
        base.reject(error)
        // It may count as here already.
        void left(connection, 'device_disconnect').catch(() => {})
        throw error
      } finally {
        beginning.delete(connection)
      }
    },
    async send(target, event, data) {
      const numbered = await registry.send(target, event, data)
      carry(numbered, event, data)
      return numbered.filter(one => one.node !== null).length
    },
    async kick(target, payload) {
      const kicked = await registry.kick(target, payload)
      for (const one of kicked) endAnywhere(one, 'kick_offline', payload)
      return kicked.length
    },
    async close() {
      closing = true
      clearInterval(touching)
      for (const connection of [...open.keys()]) end(connection, 'instance_close', '')
    },
  }
}

function toEvent(id: number, event: string | null, data: string): StreamEvent {
  return event ? { id: String(id), event, data } : { id: String(id), data }
}
