import { KEEP_ALIVE_INTERVAL } from '../../../shared/limits.ts'
import type { Batch } from './batch.ts'
import { Frame } from './frame.ts'
import { RoomFeed } from './room-feed.ts'
import type { Subscriber } from './subscriber.ts'

export interface Hub {
  /** From now on the subscriber gets what is delivered to its room. */
  add(subscriber: Subscriber): void
  remove(subscriber: Subscriber): void
  /**
   * Brings a batch to each subscriber of the room, in the order of the calls. The first get it before this returns,
   * the others in the turns of the event loop that follow; whatever else goes to a stream meanwhile comes after it.
   * @returns how many streams it goes to.
   */
  deliver(room: string, batch: Batch, only?: (subscriber: Subscriber) => boolean): number
  /** Resolves when the room's streams are not far behind: who publishes much waits here, so that they never are. */
  caughtUp(room: string): Promise<void>
  /** Whether a stream is still to be written what was delivered. */
  readonly isSweeping: boolean
  inRoom(room: string): ReadonlySet<Subscriber>
  rooms(): Iterable<string>
  readonly size: number
  find(id: string): Subscriber | undefined
  onJoin(listener: (subscriber: Subscriber) => void): void
  onLeave(listener: (subscriber: Subscriber) => void): void
  /** Ends the keep-alive clock. The streams are the caller's to end. */
  close(): void
}

/**
 * Streams that are written to in one go, some half a millisecond. A room with fewer gets everything at once. The larger,
 * the longer a request waits for its turn; the smaller, the longer a round through all streams takes.
 */
const SWEEP_SLICE = 64
/** Characters that a room's streams may be behind by before publishers wait. */
const HIGH_WATER_MARK = 256 * 1024
/** Where those who can't wait (other servers' lines) have brought it to this, the round is finished at once. */
const MAX_BEHIND = 512 * 1024
/** Slices of the keep-alive interval: streams take turns, so that 20,000 of them make no burst of writes. */
const KEEP_ALIVE_SLICES = 60
const EMPTY: ReadonlySet<Subscriber> = new Set()
const KEEP_ALIVE = Frame.comment('')

/**
 * Fans events out to open streams. Knows rooms as keys only; trusts its input (validated where it is published).
 * @param sweepSlice streams that are written to in one turn of the event loop.
 */
export function createHub({ sweepSlice = SWEEP_SLICE } = {}): Hub {
  const rooms = new Map<string, RoomFeed>()
  /** Rooms that have streams which are behind; each gets a slice a turn. */
  const sweeping = new Set<RoomFeed>()
  const byId = new Map<string, Subscriber>()
  const slices = Array.from({ length: KEEP_ALIVE_SLICES }, () => new Set<Subscriber>())
  const joinListeners: ((subscriber: Subscriber) => void)[] = []
  const leaveListeners: ((subscriber: Subscriber) => void)[] = []
  let joined = 0
  let slice = 0
  let clock: NodeJS.Timeout | undefined

  function keepAlive() {
    slice = (slice + 1) % KEEP_ALIVE_SLICES
    for (const subscriber of slices[slice]!) subscriber.keepAlive(KEEP_ALIVE)
  }

  function sweepAll() {
    for (const feed of sweeping) {
      feed.sweep(sweepSlice)
      if (!feed.isBehind) sweeping.delete(feed)
    }
    if (sweeping.size > 0) setImmediate(sweepAll)
  }

  function startSweep(feed: RoomFeed) {
    // A room under way goes on in its own time: that is when several lines come to share a write.
    if (sweeping.has(feed)) return
    feed.sweep(sweepSlice)
    if (!feed.isBehind) return
    if (sweeping.size === 0) setImmediate(sweepAll)
    sweeping.add(feed)
  }

  return {
    add(subscriber) {
      const feed = rooms.get(subscriber.room) ?? new RoomFeed()
      rooms.set(subscriber.room, feed)
      feed.add(subscriber)
      subscriber.feed = feed
      byId.set(subscriber.id, subscriber)
      subscriber.slice = joined++ % KEEP_ALIVE_SLICES
      slices[subscriber.slice]!.add(subscriber)
      clock ??= setInterval(keepAlive, KEEP_ALIVE_INTERVAL / KEEP_ALIVE_SLICES)
      for (const listener of joinListeners) listener(subscriber)
    },
    remove(subscriber) {
      if (!byId.delete(subscriber.id)) return
      slices[subscriber.slice]!.delete(subscriber)
      const feed = rooms.get(subscriber.room)
      feed?.remove(subscriber)
      subscriber.feed = null
      if (feed?.members.size === 0) rooms.delete(subscriber.room)
      if (byId.size === 0) {
        clearInterval(clock)
        clock = undefined
      }
      for (const listener of leaveListeners) listener(subscriber)
    },
    deliver(room, batch, only) {
      const feed = rooms.get(room)
      if (!feed) return 0
      const targets = only ? new Set([...feed.members].filter(only)) : null
      if (targets?.size === 0) return 0
      feed.push({ ...batch, only: targets })
      startSweep(feed)
      if (feed.backlog > MAX_BEHIND) feed.sweep(Number.POSITIVE_INFINITY)
      return (targets ?? feed.members).size
    },
    caughtUp: async room => rooms.get(room)?.caughtUp(HIGH_WATER_MARK),
    get isSweeping() {
      return sweeping.size > 0
    },
    inRoom: room => rooms.get(room)?.members ?? EMPTY,
    rooms: () => rooms.keys(),
    get size() {
      return byId.size
    },
    find: id => byId.get(id),
    onJoin: listener => void joinListeners.push(listener),
    onLeave: listener => void leaveListeners.push(listener),
    close() {
      clearInterval(clock)
      clock = undefined
    },
  }
}
