import type { Place, PlayerReport } from '../../../shared/events.ts'
import type { Batch, Delivery, Run } from './batch.ts'
import { Frame } from './frame.ts'
import type { RoomFeed } from './room-feed.ts'
import { streamStats } from './stats.ts'
import type { Sink } from './stream.ts'

/** Who opened a stream, and from where. */
export interface SubscriberInfo {
  id: string
  room: string
  device: string
  label: string
  place: Place
  /** `device`: of the broker. `monitor`: watches the server itself. */
  role: 'player' | 'controller' | 'device' | 'monitor'
  /** Without its port. */
  address: string
  userAgent: string
  /** Epoch milliseconds. */
  since: number
  /** What the stream rests on, so that it ends with it: a login, an API token; null for the public. */
  credential: string | null
  /** When the token that it was opened with is over, epoch milliseconds; null = never. */
  expiresAt: number | null
  /** The account behind that; null for the public and the server's own token. */
  userId: string | null
  /** The room's watch key when it came in by that; null for an open room, or a credential. */
  watchKey: string | null
}

/** Batches held for one stream that catches up; a long replay to a slow client must not fill the memory. */
const MAX_HELD = 256

/**
 * One open stream of a room. It begins by catching up: what is delivered meanwhile is held back until the
 * replay has reached it, so that there is neither a gap nor a repeat at the seam.
 */
export class Subscriber {
  readonly info: SubscriberInfo
  /** The hub's keep-alive slice. */
  slice = 0
  /** Where its room's deliveries come from, and how far it has taken them; null outside the hub. */
  feed: RoomFeed | null = null
  cursor = 0
  report: PlayerReport | null = null
  /** Other pages of its browser come over the same connection. */
  shared = false
  readonly #sink: Sink
  /** Null once live. */
  #held: Batch[] | null = []
  /** `seq` of the newest event that was not held, because too much was; the replay must reach it. */
  #overrun = 0
  /** `seq` of the newest event written. */
  #position = 0

  constructor(info: SubscriberInfo, sink: Sink) {
    this.info = info
    this.#sink = sink
  }

  get id(): string {
    return this.info.id
  }

  get room(): string {
    return this.info.room
  }

  get backlogBytes(): number {
    return this.#sink.backlogBytes
  }

  /** Takes what its room was sent since the last time, in one write. */
  take(run: Run): void {
    const { whole, first, last } = run
    if (this.#held) {
      for (const delivery of run.deliveries) if (this.#isMeant(delivery)) this.#hold(delivery)
    } else if (whole && (first === null || first > this.#position)) {
      this.#position = last ?? this.#position
      this.#write(whole)
    } else {
      this.#writeRest(run.deliveries.filter(delivery => this.#isMeant(delivery)))
    }
  }

  /** Writes at once, after what its room was sent before; while it catches up, before anything held back: hello and replay. */
  send(frame: Frame): void {
    this.#pull()
    this.#sink.write(frame)
  }

  keepAlive(comment: Frame): void {
    // A client that still has bytes to read needs no sign of life.
    if (this.#sink.backlogBytes === 0) this.#sink.write(comment)
  }

  drained(): Promise<void> {
    return this.#sink.drained()
  }

  /**
   * Ends the catching up. Writes what was held back beyond `position`, the `seq` that the replay reached.
   * @returns false where more came than is held: replay on and call again.
   */
  goLive(position: number): boolean {
    if (position < this.#overrun) {
      // The replay is far behind: what it will read anyway need not be held.
      this.#held = this.#held?.filter(({ to }) => to === null || to > this.#overrun) ?? null
      return false
    }
    const held = this.#held ?? []
    this.#held = null
    this.#position = position
    this.#writeRest(held)
    return true
  }

  /** Ends the stream, after what its room was sent before. */
  end(): void {
    this.#pull()
    this.#sink.end()
  }

  #pull(): void {
    this.feed?.pull(this)
  }

  #isMeant({ only }: Delivery): boolean {
    return only === null || only.has(this)
  }

  #hold(batch: Batch): void {
    const held = this.#held!
    if (batch.to !== null && held.length >= MAX_HELD) this.#overrun = batch.to
    else held.push(batch)
  }

  /** Writes what is beyond its position. */
  #writeRest(batches: readonly Batch[]): void {
    const frames: Frame[] = []
    for (const { frame, from, to } of batches) {
      const before = this.#position
      if (from === null || to === null) frames.push(frame)
      else if (to > before) {
        this.#position = to
        // What another server stored may come in one batch though the replay has read its beginning already.
        frames.push(from > before ? frame : eventsAfter(frame, before))
      }
    }
    if (frames.length > 0) this.#write(Frame.join(frames))
  }

  #write(frame: Frame): void {
    streamStats.delivered += frame.events.length
    this.#sink.write(frame)
  }
}

/** @returns the events of a batch whose number is beyond `position`. */
function eventsAfter({ events }: Frame, position: number): Frame {
  return Frame.of(...events.filter(({ id }) => Number(id!.slice(id!.lastIndexOf('-') + 1)) > position))
}
