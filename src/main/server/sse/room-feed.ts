import type { Delivery, Run } from './batch.ts'
import { Frame } from './frame.ts'
import type { Subscriber } from './subscriber.ts'

/**
 * The streams of one room and what they have still to get. What is delivered goes into a log; each stream has a cursor
 * in it, and a sweep goes round the streams in slices and brings each up to the log's end by one write. Between two
 * slices the event loop is free for the next requests, so while lines come faster than one round takes, each write
 * carries several: a write costs the system about as much for ten lines as for one.
 *
 * Every stream gets the same deliveries in the same order, whatever the sweep is at.
 */
export class RoomFeed {
  readonly members = new Set<Subscriber>()
  /** What the stream that is furthest behind has still to get, oldest first. */
  #log: Delivery[] = []
  /** The number of the log's first delivery, counted since the room's first stream. */
  #base = 0
  /** Characters in the log. */
  #length = 0
  /** Where the round is; a Set's iterator goes on over what is added and leaves out what is deleted. */
  #round: Iterator<Subscriber> = this.members.values()
  /** The log's end when this round began: who has been visited in it is that far. */
  #roundBegan = 0
  /** Streams to be visited until all are at the log's end. */
  #behind = 0
  /** Streams that stand at the same place get the same run, joined once. */
  #run: { from: number; to: number; run: Run } | null = null
  #waiting: (() => void)[] = []

  /** Characters that the room's streams are behind by, at most. */
  get backlog(): number {
    return this.#length
  }

  get isBehind(): boolean {
    return this.#behind > 0
  }

  get #end(): number {
    return this.#base + this.#log.length
  }

  add(subscriber: Subscriber): void {
    subscriber.cursor = this.#end
    this.members.add(subscriber)
    // It stands at the end of the round, so the round is longer by one.
    if (this.#behind > 0) this.#behind++
  }

  remove(subscriber: Subscriber): void {
    this.members.delete(subscriber)
    if (this.members.size === 0) this.#forget(this.#end)
  }

  /** The room must have a stream. */
  push(delivery: Delivery): void {
    this.#log.push(delivery)
    this.#length += delivery.frame.length
    this.#behind = this.members.size
  }

  /** Visits the next `count` streams of the round. */
  sweep(count: number): void {
    for (let left = count; left > 0 && this.#behind > 0; ) {
      const { value, done } = this.#round.next()
      if (done) {
        this.#beginRound()
        continue
      }
      this.#behind--
      left--
      this.pull(value)
    }
    if (this.#behind === 0) this.#forget(this.#end)
  }

  /** Brings one stream up to the log's end, out of its turn. */
  pull(subscriber: Subscriber): void {
    const from = subscriber.cursor
    const to = this.#end
    if (from === to) return
    subscriber.cursor = to
    subscriber.take(this.#runFrom(from))
  }

  /** @returns a promise that resolves once the streams are behind by no more than `characters`. */
  async caughtUp(characters: number): Promise<void> {
    while (this.#length > characters) {
      await new Promise<void>(resolve => this.#waiting.push(resolve))
    }
  }

  #beginRound(): void {
    this.#forget(this.#roundBegan)
    this.#roundBegan = this.#end
    this.#round = this.members.values()
  }

  /** Drops what every stream has. */
  #forget(upTo: number): void {
    if (upTo <= this.#base) return
    for (const { frame } of this.#log.splice(0, upTo - this.#base)) this.#length -= frame.length
    this.#base = upTo
    if (this.#log.length === 0) {
      this.#behind = 0
      this.#run = null
    }
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }

  #runFrom(from: number): Run {
    const to = this.#end
    if (this.#run?.from !== from || this.#run.to !== to) {
      this.#run = { from, to, run: toRun(this.#log.slice(from - this.#base)) }
    }
    return this.#run.run
  }
}

function toRun(deliveries: Delivery[]): Run {
  let first: number | null = null
  let last: number | null = null
  for (const { from, to, only } of deliveries) {
    // What is for some, or comes again, each stream must look at by itself.
    if (only !== null || (from !== null && last !== null && from <= last)) {
      return { deliveries, whole: null, first: null, last: null }
    }
    first ??= from
    last = to ?? last
  }
  return { deliveries, whole: Frame.join(deliveries.map(({ frame }) => frame)), first, last }
}
