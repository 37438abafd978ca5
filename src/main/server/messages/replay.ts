import { Frame } from '../sse/index.ts'
import type { Database } from '../store/index.ts'
import { type LogRoom, readAfter } from './log.ts'

export interface ReplayPage {
  /** To be written one after the other, each when the client has taken the last. */
  frames: readonly Frame[]
  /** How many events are in them. */
  events: number
  /** The number that they reach. */
  last: number
  /** There is no more. */
  complete: boolean
  /** What came up to this number can't be replayed any more. */
  trimmed: number
}

export interface Replay {
  /** What happened in the room after `after`, oldest first, in the present state. */
  read(room: LogRoom, after: number): Promise<ReplayPage>
}

/** Events of one read. */
const PAGE = 500
/** Milliseconds for which a page is kept for others that come back at the same time. */
const KEPT_FOR = 1_000
const MAX_KEPT = 32

/**
 * Reads the history for clients that come back. After a restart, or a hiccup of the network, all come back at once
 * and ask for the same: one reads and encodes, the others get the same bytes.
 */
export function createReplay(db: Database): Replay {
  const kept = new Map<string, Promise<ReplayPage>>()

  async function load(room: LogRoom, after: number): Promise<ReplayPage> {
    const { events, ...rest } = await readAfter(db, room, after, PAGE)
    return { ...rest, frames: Frame.several(events), events: events.length }
  }

  return {
    async read(room, after) {
      const row = await db
        .selectFrom('rooms')
        .select(['seq', 'trimmed_seq'])
        .where('id', '=', room.id)
        .executeTakeFirst()
      // Whatever changes the history, a retraction too, takes a number of its own: equal numbers, equal history.
      const key = `${room.id} ${room.epoch} ${after} ${row?.seq} ${row?.trimmed_seq}`
      const known = kept.get(key)
      if (known) return known
      const page = load(room, after)
      if (kept.size < MAX_KEPT) {
        kept.set(key, page)
        const forget = () => kept.delete(key)
        setTimeout(forget, KEPT_FOR).unref()
        page.catch(forget)
      }
      return page
    },
  }
}
