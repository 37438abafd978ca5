import type { Cluster } from '../backplane/index.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Database, Store } from '../store/index.ts'
import { toMessage, withDeltas } from './log.ts'
import type { RoomLog } from './room-log.ts'
import { writeSurely } from './write-surely.ts'

interface LeftOpenParts {
  db: Database
  rooms: Rooms
  log: RoomLog
}

/**
 * Ends the messages that a crash left in the middle of being written, with the text they have: players would wait
 * for the rest for ever. Call it before the server listens. With PostgreSQL others may be writing now: there
 * {@link finishForOthers} does it.
 */
export async function finishLeftOpen(parts: LeftOpenParts, kind: Store['kind']): Promise<void> {
  if (kind === 'postgres') return
  const left = parts.db.selectFrom('messages').select(['room_id', 'seq']).where('status', '=', 'streaming')
  for (const { room_id, seq } of await left.execute()) await finish(parts, room_id, seq)
}

/** Has the messages of a server that is found gone taken over and ended by the one that finds it. */
export function finishForOthers(
  parts: LeftOpenParts,
  { nodes, node }: Pick<Cluster, 'nodes' | 'node'>,
  failed: (error: unknown) => void,
): void {
  nodes.onClear(async (tx, gone) => {
    const left = await tx
      .updateTable('live_messages')
      .set({ node })
      .where('node', '=', gone)
      .returning(['room_id', 'seq'])
      .execute()
    return () => {
      for (const { room_id, seq } of left) finish(parts, room_id, seq).catch(failed)
    }
  })
}

async function finish({ db, rooms, log }: LeftOpenParts, roomId: string, seq: number): Promise<void> {
  const room = await rooms.find(roomId)
  const row = await db
    .selectFrom('messages')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('seq', '=', seq)
    .executeTakeFirst()
  if (!room || row?.status !== 'streaming') return
  const { count } = await db
    .selectFrom('room_events')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('room_id', '=', roomId)
    .where('message_seq', '=', seq)
    .where('type', '=', 'delta')
    .executeTakeFirstOrThrow()
  const { data } = await withDeltas(db, room, toMessage(room, row), seq, Number.MAX_SAFE_INTEGER)
  await writeSurely(log, room, { type: 'final', message: seq, deltaSeq: Number(count) + 1, data })
}
