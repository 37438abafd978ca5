import type { StreamEvent } from '../sse/index.ts'

/** Events of one room (or device) that were stored together under consecutive numbers, `from` to `to`. */
export interface CarriedBatch {
  from: number
  to: number
  events: StreamEvent[]
  /** The number of the newest control that was given before it. */
  controls?: number
}

/** What a topic carries: JSON. */
export type Carried = Record<string, unknown> & { type: string }

/**
 * Carries events between the servers of a cluster. Made for speed alone: the store is the truth.
 *
 * An implementation guarantees
 * - that `publish` never throws and never waits: what can't be carried is dropped, and `healthy` turns false
 *   within {@link LOST_AFTER} milliseconds of the carrier's silence, whether it is dead, cut off or frozen;
 * - that `healthy` turns true again only when a message has made the whole way, so that whoever missed
 *   something can look into the store then;
 * - that a message comes whole or not at all.
 *
 * It guarantees neither that a message comes, nor that it comes once, nor any order between two of them. Those
 * who use it number what matters in the store's transaction and fill gaps from there (see room-order.ts).
 */
export interface Backplane {
  /** This server's name in the cluster, new at each start. */
  readonly node: string
  readonly healthy: boolean
  /** Milliseconds the last message to ourselves was under way; null before the first, or without a carrier. */
  readonly lag: number | null
  /** To every other server that listens to the topic; never back to this one. */
  publish(topic: string, message: Carried): void
  /** A batch to the room's topic, and into the room's recent past. */
  publishBatch(room: string, batch: CarriedBatch): void
  /** Resolves when messages will come. Stays pending while the carrier is away. */
  listen(topic: string, handler: (message: Carried) => void): Promise<void>
  unlisten(topic: string): void
  /**
   * Batches of the room's recent past that follow `after` without a gap; empty where they are no longer there.
   * @throws where the carrier is away.
   */
  recent(room: string, after: number): Promise<CarriedBatch[]>
  /** To programs outside of the cluster that listen there, on a channel of exactly this name. */
  announce(channel: string, text: string): void
  onHealth(listener: (healthy: boolean) => void): void
  close(): Promise<void>
}

/** Milliseconds without a sign of life after which the carrier counts as away. */
export const LOST_AFTER = 2_500

/** The topic that every server listens to. */
export const EVERYBODY = 'all'
/** The topic of one server. */
export const nodeTopic = (node: string) => `node/${node}`
/** The topic of a room. */
export const roomTopic = (room: string) => `room/${room}`
