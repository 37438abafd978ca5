import type { Frame } from './frame.ts'
import type { Subscriber } from './subscriber.ts'

/** Events of one room that were stored together, `from` to `to`, or some that carry no id (`from` is null). */
export interface Batch {
  frame: Frame
  from: number | null
  to: number | null
  /** The number of the newest control that was given before them, where servers share the database. */
  controls?: number
}

/** A batch on its way to the streams of a room. */
export interface Delivery extends Batch {
  /** The streams that it is for; null = all. */
  only: ReadonlySet<Subscriber> | null
}

/** What one or more streams have still to get: the room's deliveries from where they stand up to the newest. */
export interface Run {
  deliveries: readonly Delivery[]
  /** All of them as one frame, for a stream that needs every byte; null where there is none such. */
  whole: Frame | null
  /** The number that `whole` begins with; null where no event in it has one. */
  first: number | null
  /** The number that `whole` reaches; null likewise. */
  last: number | null
}
