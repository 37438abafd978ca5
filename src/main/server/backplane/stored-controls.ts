import type { ControlEvent } from '../../../shared/events.ts'
import type { LogRoom } from '../messages/log.ts'
import type { Database } from '../store/index.ts'

/** A control with its place among the lines. */
export interface StoredControl {
  /** Counts up by one per room. */
  number: number
  /** The room's `seq` when it was given. */
  after: number
  event: ControlEvent
}

/** Controls of each room that the store keeps; a phone may sleep through many. */
export const KEPT_CONTROLS = 1_000

/** @returns those that came after this `seq` or right behind it, oldest first. */
export async function readControls(db: Database, room: LogRoom, after: number): Promise<StoredControl[]> {
  const rows = await db
    .selectFrom('room_controls')
    .selectAll()
    .where('room_id', '=', room.id)
    .where('after_seq', '>=', after)
    .orderBy('number')
    .execute()
  return rows.map(({ number, after_seq: after, data }) => ({ number, after, event: JSON.parse(data) }))
}
