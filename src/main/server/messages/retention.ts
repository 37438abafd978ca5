import type { ServerLimits } from '../limits/index.ts'
import type { Database } from '../store/index.ts'

export interface Retention {
  /** Takes away what is beyond the limits. Resolves when it is done, in pieces that other work goes between. */
  run(): Promise<void>
  close(): Promise<void>
}

/** Milliseconds between two runs. */
const INTERVAL = 10 * 60 * 1000
/** Numbers that one transaction takes away; the event loop is free between two. */
const PIECE = 1_000
/** Milliseconds for which an idempotency key is known. */
const KEY_AGE = 24 * 60 * 60 * 1000
/** Milliseconds by which the clock may have moved against the time that has passed, and still be believed. */
const CLOCK_TOLERANCE = 60_000

/**
 * Keeps each room's history within its size and age. A client that asks for what is gone is told to begin anew
 * (`hello` with `reset`), because `trimmed_seq` moves in the same transaction.
 * @param clock epoch milliseconds. A clock that has jumped since the last run is not trusted with taking anything away
 * by age until the next one; after a leap of a year the history would be gone.
 */
export function createRetention(
  db: Database,
  limits: Pick<ServerLimits, 'historyMessages' | 'historyAge'>,
  clock: () => number = Date.now,
): Retention {
  let running: Promise<void> | null = null
  let closing = false
  let offset = clock() - performance.now()
  const timer = setInterval(() => void run().catch(() => {}), INTERVAL)
  timer.unref()

  function run(): Promise<void> {
    running ??= runOnce().finally(() => {
      running = null
    })
    return running
  }

  async function runOnce(): Promise<void> {
    const time = clock()
    const before = offset
    offset = time - performance.now()
    const clockHolds = Math.abs(offset - before) <= CLOCK_TOLERANCE
    const rooms = await db.selectFrom('rooms').select(['id', 'seq', 'trimmed_seq']).execute()
    for (const room of rooms) {
      const bySize = await lastBeyondSize(room)
      const byAge = clockHolds ? await lastBeyondAge(room, time) : 0
      await trim(room.id, room.trimmed_seq, Math.max(bySize, byAge))
    }
    if (clockHolds)
      await db
        .deleteFrom('idempotency_keys')
        .where('created_at', '<', time - KEY_AGE)
        .execute()
  }

  /** @returns the number of the newest message that is too many; 0 = none. */
  async function lastBeyondSize({ id, seq, trimmed_seq: trimmed }: RoomNumbers): Promise<number> {
    const { historyMessages: limit } = limits
    if (limit === 0 || seq - trimmed <= limit) return 0
    const row = await db
      .selectFrom('messages')
      .select('seq')
      .where('room_id', '=', id)
      .orderBy('seq', 'desc')
      .offset(limit)
      .limit(1)
      .executeTakeFirst()
    return row?.seq ?? 0
  }

  /** @returns the number before the oldest message that is young enough; 0 = all are. */
  async function lastBeyondAge({ id, seq }: RoomNumbers, time: number): Promise<number> {
    if (limits.historyAge === 0) return 0
    const young = await db
      .selectFrom('messages')
      .select('seq')
      .where('room_id', '=', id)
      .where('time', '>=', time - limits.historyAge)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst()
    if (young) return young.seq - 1
    const old = await db
      .selectFrom('messages')
      .select('seq')
      .where('room_id', '=', id)
      .limit(1)
      .executeTakeFirst()
    // An empty history has nothing to take away, and an id of it should go on being known.
    return old ? seq : 0
  }

  async function trim(id: string, from: number, to: number): Promise<void> {
    for (let upTo = from; upTo < to && !closing; ) {
      upTo = Math.min(upTo + PIECE, to)
      await db.transaction().execute(async tx => {
        await tx.updateTable('rooms').set({ trimmed_seq: upTo }).where('id', '=', id).execute()
        await tx.deleteFrom('messages').where('room_id', '=', id).where('seq', '<=', upTo).execute()
        await tx.deleteFrom('room_events').where('room_id', '=', id).where('seq', '<=', upTo).execute()
      })
      await new Promise(resolve => setImmediate(resolve))
    }
  }

  return {
    run,
    async close() {
      closing = true
      clearInterval(timer)
      await running?.catch(() => {})
    },
  }
}

interface RoomNumbers {
  id: string
  seq: number
  trimmed_seq: number
}
