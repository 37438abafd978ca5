import { KEEP_ALIVE_INTERVAL } from '../../../shared/limits.ts'
import { Frame } from './frame.ts'
import { streamStats } from './stats.ts'
import type { Subscriber } from './subscriber.ts'

/** Events of one room that were stored together, `from` to `to`, or some that carry no id (`from` is null). */
export interface Batch {
  frame: Frame
  from: number | null
  to: number | null
  /** The number of the newest control that was given before them, where servers share the database. */
  controls?: number
}

export interface Hub {
  /** From now on the subscriber gets what is delivered to its room. */
  add(subscriber: Subscriber): void
  remove(subscriber: Subscriber): void
  /**
   * Writes a batch to each subscriber of the room, in the order of the calls.
   * @returns how many streams it went to.
   */
  deliver(room: string, batch: Batch, only?: (subscriber: Subscriber) => boolean): number
  inRoom(room: string): ReadonlySet<Subscriber>
  rooms(): Iterable<string>
  readonly size: number
  find(id: string): Subscriber | undefined
  onJoin(listener: (subscriber: Subscriber) => void): void
  onLeave(listener: (subscriber: Subscriber) => void): void
  /** Ends the keep-alive clock. The streams are the caller's to end. */
  close(): void
}

/** Slices of the keep-alive interval: streams take turns, so that 20,000 of them make no burst of writes. */
const SLICES = 60
const EMPTY: ReadonlySet<Subscriber> = new Set()
const KEEP_ALIVE = Frame.comment('')

/** Fans events out to open streams. Knows rooms as keys only; trusts its input (validated where it is published). */
export function createHub(): Hub {
  const rooms = new Map<string, Set<Subscriber>>()
  const byId = new Map<string, Subscriber>()
  const slices = Array.from({ length: SLICES }, () => new Set<Subscriber>())
  const joinListeners: ((subscriber: Subscriber) => void)[] = []
  const leaveListeners: ((subscriber: Subscriber) => void)[] = []
  let joined = 0
  let slice = 0
  let clock: NodeJS.Timeout | undefined

  function keepAlive() {
    slice = (slice + 1) % SLICES
    for (const subscriber of slices[slice]!) subscriber.keepAlive(KEEP_ALIVE)
  }

  return {
    add(subscriber) {
      const room = rooms.get(subscriber.room) ?? new Set()
      rooms.set(subscriber.room, room.add(subscriber))
      byId.set(subscriber.id, subscriber)
      subscriber.slice = joined++ % SLICES
      slices[subscriber.slice]!.add(subscriber)
      clock ??= setInterval(keepAlive, KEEP_ALIVE_INTERVAL / SLICES)
      for (const listener of joinListeners) listener(subscriber)
    },
    remove(subscriber) {
      if (!byId.delete(subscriber.id)) return
      slices[subscriber.slice]!.delete(subscriber)
      const room = rooms.get(subscriber.room)
      room?.delete(subscriber)
      if (room?.size === 0) rooms.delete(subscriber.room)
      if (byId.size === 0) {
        clearInterval(clock)
        clock = undefined
      }
      for (const listener of leaveListeners) listener(subscriber)
    },
    deliver(room, batch, only) {
      let count = 0
      for (const subscriber of rooms.get(room) ?? EMPTY) {
        if (only && !only(subscriber)) continue
        subscriber.deliver(batch)
        count++
      }
      streamStats.delivered += count * batch.frame.events.length
      return count
    },
    inRoom: room => rooms.get(room) ?? EMPTY,
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
