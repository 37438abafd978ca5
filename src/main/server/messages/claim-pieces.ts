import { ApiError } from '../errors.ts'
import type { DatabaseTransaction } from '../store/index.ts'
import type { LogEntry } from './log.ts'

/** The piece was stored by an earlier try whose outcome nobody knew. */
export class StoredAlready extends Error {}

/**
 * Keeps who writes which message, and how much of it is stored, so that a message whose server dies is ended by
 * another, and a piece that is written again is stored once. Needs the lock of the room's row.
 * @param first the number of the first entry.
 * @throws StoredAlready; ApiError `conflict` where another server has taken this one for dead and ended the message.
 */
export async function claimPieces(
  tx: DatabaseTransaction,
  room: string,
  writer: string,
  first: number,
  entries: LogEntry[],
): Promise<void> {
  const own = tx.selectFrom('live_messages').select('deltas').where('room_id', '=', room)
  const forget = tx.deleteFrom('live_messages').where('room_id', '=', room)
  for (const [index, entry] of entries.entries()) {
    if (entry.type === 'message' && entry.status === 'streaming') {
      const row = { room_id: room, seq: first + index, node: writer }
      await tx.insertInto('live_messages').values(row).execute()
    } else if (entry.type === 'delta') {
      const { message: seq, deltaSeq } = entry
      const known = await own.where('seq', '=', seq).where('node', '=', writer).executeTakeFirst()
      if (!known) throw endedByAnother()
      if (known.deltas >= deltaSeq) throw new StoredAlready()
      await tx
        .updateTable('live_messages')
        .set({ deltas: deltaSeq })
        .where('room_id', '=', room)
        .where('seq', '=', seq)
        .execute()
    } else if (entry.type === 'final') {
      const { numDeletedRows } = await forget
        .where('seq', '=', entry.message)
        .where('node', '=', writer)
        .executeTakeFirst()
      if (numDeletedRows === 0n) throw endedByAnother()
    } else if (entry.type === 'retract') {
      await (entry.message === null ? forget : forget.where('seq', '=', entry.message)).execute()
    }
  }
}

/**
 * The same where this server has the database for itself: nobody else writes, but the line may have been taken back.
 * @throws ApiError `conflict`.
 */
export async function requireOpen(tx: DatabaseTransaction, room: string, entries: LogEntry[]): Promise<void> {
  const pieces: number[] = []
  const takenBack = new Set<number | null>()
  for (const entry of entries) {
    if (entry.type === 'retract') takenBack.add(entry.message)
    if (entry.type !== 'delta' && entry.type !== 'final') continue
    if (takenBack.has(entry.message) || takenBack.has(null)) throw endedByAnother()
    pieces.push(entry.message)
  }
  if (pieces.length === 0) return
  const seqs = [...new Set(pieces)]
  const open = await tx
    .selectFrom('messages')
    .select('seq')
    .where('room_id', '=', room)
    .where('seq', 'in', seqs)
    .where('status', '=', 'streaming')
    .execute()
  if (open.length < seqs.length) throw endedByAnother()
}

function endedByAnother(): ApiError {
  return new ApiError(
    'conflict',
    'this message is ended: this server was taken for dead, or the line taken back',
  )
}
