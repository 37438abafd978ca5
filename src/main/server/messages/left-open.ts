import type { Rooms } from '../rooms/rooms.ts'
import type { Database, Store } from '../store/index.ts'
import { toMessage, withDeltas } from './log.ts'
import type { RoomLog } from './room-log.ts'

/** Milliseconds after which a message that another server of a cluster is writing counts as left. */
const GIVEN_UP = 60 * 60 * 1000

/**
 * Ends the messages that a crash left in the middle of being written, with the text they have: players would wait
 * for the rest for ever. Call it before the server listens.
 */
export async function finishLeftOpen(
  { db, kind }: Pick<Store, 'kind'> & { db: Database },
  rooms: Rooms,
  log: RoomLog,
): Promise<void> {
  let left = db.selectFrom('messages').selectAll().where('status', '=', 'streaming')
  // Nobody else writes to our SQLite file; a PostgreSQL database may have other servers that are writing now.
  if (kind === 'postgres') left = left.where('time', '<', Date.now() - GIVEN_UP)
  for (const row of await left.execute()) {
    const room = await rooms.find(row.room_id)
    if (!room) continue
    const { count } = await db
      .selectFrom('room_events')
      .select(eb => eb.fn.countAll<number>().as('count'))
      .where('room_id', '=', row.room_id)
      .where('message_seq', '=', row.seq)
      .where('type', '=', 'delta')
      .executeTakeFirstOrThrow()
    const { data } = await withDeltas(db, room, toMessage(room, row), row.seq, Number.MAX_SAFE_INTEGER)
    await log.write(room, { type: 'final', message: row.seq, deltaSeq: Number(count) + 1, data })
  }
}
