import type { Logger } from 'pino'
import type { ControlEvent } from '../../../shared/events.ts'
import { type LogRoom, readAfter } from '../messages/log.ts'
import type { Deliver } from '../messages/room-log.ts'
import { STAGE_COLUMNS, type Stage } from '../rooms/stage.ts'
import { Frame, type Hub, type StreamEvent } from '../sse/index.ts'
import type { Store } from '../store/index.ts'
import { type Backplane, type Carried, type CarriedBatch, roomTopic } from './backplane.ts'
import { type Bus, createBus } from './bus.ts'
import { type Calls, createCalls } from './calls.ts'
import { createControls } from './controls.ts'
import { createNodes, type Nodes } from './nodes.ts'
import { createOwnControls } from './own-controls.ts'
import { createRoomOrder, type RoomOrder } from './room-order.ts'
import { readControls, type StoredControl } from './stored-controls.ts'

/** What a server shares with the others of its database; alone, the same without anybody to share with. */
export interface Cluster {
  readonly node: string
  readonly backplane: Backplane
  readonly bus: Bus
  readonly calls: Calls
  readonly nodes: Nodes
  readonly order: RoomOrder
  /** How many servers there are beside this one. */
  others(): number
  /** Hands a stored batch to the streams of its room, here and elsewhere. @returns the streams here. */
  deliver: Deliver
  /**
   * Carries a control out on the stage and tells the room's streams, here and elsewhere: on each server at the same
   * place among the lines, and sooner or later on all.
   * @returns the streams here. @throws where servers share a database that is away: nothing was done.
   */
  control(room: LogRoom, event: ControlEvent): Promise<number>
  /** Number of the newest control that the room's streams here were given; 0 while unknown. */
  controlPosition(room: LogRoom): number
  /** The controls that came after this `seq` or right behind it, oldest first. */
  controlsSince(room: LogRoom, after: number): Promise<StoredControl[]>
  /** The room is gone: what is held of it goes too. */
  forget(room: LogRoom): void
  /** An event without an id, for those who are here now, lost where it can't be carried: to the room's streams, here and elsewhere. @returns the streams here. */
  live(room: string, event: StreamEvent): number
  /** To be awaited after a room's stream has joined the hub and before the store is read for it. */
  ready(room: LogRoom): Promise<void>
  /** Looks into the store for what did not come. */
  reconcile(): Promise<void>
  /** Told when a reconciliation is due: what else can be missed. */
  onReconcile(listener: () => Promise<void>): void
  /** Fetches what follows in an order of its own kind (the broker's devices). */
  onFetch(prefix: string, fetch: (key: string, after: number) => Promise<CarriedBatch[]>): void
  start(): Promise<void>
  stop(): Promise<void>
}

export interface ClusterParts {
  store: Store
  backplane: Backplane
  hub: Hub
  log: Logger
  version: string
  /** Host and port that clients reach this server at; known when it listens. */
  address(): string
  onGap?(): void
  stage: Pick<Stage, 'applied' | 'control' | 'stored'>
}

/** Milliseconds between two looks into the store, for what the backplane lost. */
const RECONCILE = 5_000
/** The same while the backplane is away, and the store is the only way. */
const RECONCILE_ALONE = 500
/** Events of one read. */
const PAGE = 500
/** Rooms of one query. */
const ROOMS = 500

export function createCluster(parts: ClusterParts): Cluster {
  const { store, backplane, hub, log, onGap, stage } = parts
  const { db } = store
  /** Several servers may use this database. */
  const shared = store.kind === 'postgres'
  const bus = createBus(backplane)
  const calls = createCalls(bus)
  const epochs = new Map<string, string>()
  const fetchers = new Map<string, (key: string, after: number) => Promise<CarriedBatch[]>>()
  const reconcilers: (() => Promise<void>)[] = []
  const startedAt = Date.now()
  const nodes = createNodes(
    store,
    {
      id: backplane.node,
      version: parts.version,
      startedAt,
      get address() {
        return parts.address()
      },
    },
    log,
  )
  const order = createRoomOrder({
    hub,
    fetch: fetchMissing,
    controls: {
      position: room => controls.position(room),
      reached: (room, number) => controls.reached(room, number),
    },
    ...(onGap ? { onGap } : {}),
  })
  const controls = createControls({ db, order, applied: stage.applied })
  const ownControls = createOwnControls(db)
  let clock: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let lastRun = Number.NEGATIVE_INFINITY

  /** A room that was deleted and made anew begins at 1 again, under another epoch. */
  const carrier = ({ id, epoch }: LogRoom) => `${id}.${epoch}`

  async function fetchMissing(key: string, after: number): Promise<CarriedBatch[]> {
    for (const [prefix, fetch] of fetchers) if (key.startsWith(prefix)) return fetch(key, after)
    const epoch = epochs.get(key)
    if (epoch === undefined) return []
    const room = { id: key, epoch }
    const recent = await backplane.recent(carrier(room), after).catch(() => [])
    if (recent.length > 0) return recent
    const page = await readAfter(db, room, after, PAGE)
    if (page.trimmed > after) {
      // Beyond what is kept: the streams come back, and are told to begin anew.
      for (const subscriber of [...hub.inRoom(key)]) subscriber.end()
      return []
    }
    const { last: to, events, controls } = page
    return to > after ? [{ from: after + 1, to, events, controls }] : []
  }

  /** How far the store is; what it has of the stage is taken over on the way. */
  async function lookAt(ids: string[]): Promise<Map<string, { seq: number; controls: number }>> {
    const rows = await db
      .selectFrom('rooms')
      .select(['id', 'seq', ...STAGE_COLUMNS])
      .where('id', 'in', ids)
      .execute()
    for (const row of rows) stage.stored(row.id, row)
    return new Map(rows.map(({ id, seq, control_seq }) => [id, { seq, controls: control_seq }]))
  }
  const NOTHING = { seq: 0, controls: 0 }

  function onRoomMessage(room: string, message: Carried) {
    if (message.type === 'batch') order.offer(room, message as unknown as CarriedBatch)
    else if (message.type === 'control') controls.offer(room, message as unknown as CarriedBatch)
    else if (message.type === 'live') {
      // What a frozen Redis had kept comes before it counts as back: by then it is of the past.
      if (!backplane.healthy) return
      const { event, after } = message as unknown as { event: StreamEvent; after: number }
      order.offerLive(room, Frame.of(event), after)
    }
  }

  function reached(rooms: Map<string, { seq: number; controls: number }>) {
    for (const [id, { seq, controls: number }] of rooms) {
      if (seq > order.position(id)) order.reached(id, seq)
      controls.reached(id, number)
    }
  }

  function closeRoom(id: string) {
    const epoch = epochs.get(id)
    if (epoch === undefined) return
    epochs.delete(id)
    order.close(id)
    controls.close(id)
    backplane.unlisten(roomTopic(carrier({ id, epoch })))
  }

  async function reconcileRooms(): Promise<void> {
    const ids = [...epochs.keys()]
    for (let i = 0; i < ids.length; i += ROOMS) {
      reached(await lookAt(ids.slice(i, i + ROOMS)))
    }
  }

  function reconcile(): Promise<void> {
    running ??= (async () => {
      lastRun = performance.now()
      try {
        for (const run of [reconcileRooms, ...reconcilers]) await run()
      } catch (error) {
        log.debug({ err: error }, 'the store can’t be asked for what was missed; trying again')
      } finally {
        running = undefined
      }
    })()
    return running
  }

  function tick() {
    const alone = !backplane.healthy || (backplane.lag === null && nodes.alive.size > 1)
    if (performance.now() - lastRun >= (alone ? RECONCILE_ALONE : RECONCILE)) void reconcile()
  }

  hub.onLeave(({ room }) => {
    if (hub.inRoom(room).size === 0) closeRoom(room)
  })
  backplane.onHealth(healthy => {
    if (healthy) {
      log.info('Redis is back: fetching what was missed')
      void reconcile()
    } else log.error('Redis is away: the other servers are reached through the database, more slowly')
  })

  return {
    node: backplane.node,
    backplane,
    bus,
    calls,
    nodes,
    order,
    others: () => nodes.alive.size - 1,
    deliver(room, batch) {
      if (!shared || batch.from === null || batch.to === null) {
        if (batch.to !== null) ownControls.delivered(room, batch.to)
        return hub.deliver(room.id, batch)
      }
      const { frame, from, to, controls = 0 } = batch
      const carried = { from, to, events: [...frame.events], frame, controls }
      backplane.publishBatch(carrier(room), carried)
      const streams = hub.inRoom(room.id).size
      order.offer(room.id, carried)
      return streams
    },
    async control(room, event) {
      if (!shared) {
        if (event.label === undefined) await stage.control(room, event.action)
        await ownControls.open(room)
        const data = JSON.stringify(ownControls.give(room, event))
        const frame = Frame.of({ event: 'control', data })
        return hub.deliver(room.id, { frame, from: null, to: null })
      }
      const batch = await controls.store(room, event)
      backplane.publish(roomTopic(carrier(room)), { type: 'control', ...batch })
      controls.offer(room.id, batch)
      return hub.inRoom(room.id).size
    },
    controlPosition: room => (shared ? controls.position(room.id) : ownControls.position(room)),
    async controlsSince(room, after) {
      const unsaved = ownControls.unsaved(room).filter(control => control.after >= after)
      const stored = await readControls(db, room, after)
      // What was written down meanwhile is in both.
      const newest = stored.at(-1)?.number ?? 0
      return [...stored, ...unsaved.filter(({ number }) => number > newest)]
    },
    forget: ownControls.forget,
    live(room, event) {
      const epoch = epochs.get(room)
      if (shared) {
        // A room without a stream here: its epoch, and so its topic, must be asked for.
        const send = (known: string, after: number) =>
          backplane.publish(roomTopic(carrier({ id: room, epoch: known })), {
            type: 'live',
            event,
            after,
          })
        if (epoch !== undefined) send(epoch, order.position(room))
        else {
          void db
            .selectFrom('rooms')
            .select(['epoch', 'seq'])
            .where('id', '=', room)
            .executeTakeFirst()
            .then(row => row && send(row.epoch, row.seq))
            .catch(() => {})
        }
      }
      return hub.deliver(room, { frame: Frame.of(event), from: null, to: null })
    },
    async ready(room) {
      if (!shared) return
      // Of another epoch: the room was made anew, and its last stream is not quite gone.
      if (epochs.has(room.id) && epochs.get(room.id) !== room.epoch) closeRoom(room.id)
      if (!epochs.has(room.id)) {
        epochs.set(room.id, room.epoch)
        void backplane
          .listen(roomTopic(carrier(room)), message => onRoomMessage(room.id, message))
          // What was published before we listened.
          .then(async () => reached(await lookAt([room.id])))
          .catch(() => {})
      }
      let found: Promise<{ seq: number; controls: number }> | undefined
      const look = async () => {
        found ??= lookAt([room.id]).then(rows => rows.get(room.id) ?? NOTHING)
        return found
      }
      await Promise.all([
        order.open(room.id, async () => (await look()).seq),
        controls.open(room.id, async () => (await look()).controls),
      ])
      // What waited for controls that came before all this.
      order.reached(room.id, 0)
      if (hub.inRoom(room.id).size === 0) closeRoom(room.id)
    },
    reconcile,
    onReconcile: listener => void reconcilers.push(listener),
    onFetch: (prefix, fetch) => void fetchers.set(prefix, fetch),
    async start() {
      await nodes.start()
      if (shared) clock = setInterval(tick, RECONCILE_ALONE / 2)
    },
    async stop() {
      clearInterval(clock)
      await running
      order.stop()
      controls.stop()
      await ownControls.save().catch(error => log.warn({ err: error }, 'controls could not be written down'))
      await nodes.stop().catch(() => {})
      await backplane.close()
    },
  }
}
