import type { CompiledQuery } from 'kysely'
import { ApiError } from '../errors.ts'
import type { Database, DatabaseTransaction } from '../store/index.ts'
import { claimPieces, requireOpen } from './claim-pieces.ts'
import { eventFields, type LogEntry, type LogRoom, type OtherEntry } from './log.ts'

/**
 * Gives the entries the room's next numbers and stores them, in the caller's transaction.
 * @returns the first number, and that of the newest control that was given before.
 */
export type Append = (
  tx: DatabaseTransaction,
  room: LogRoom,
  entries: LogEntry[],
) => Promise<{ first: number; controls: number }>

/**
 * The one hot path of the database. Its statements are compiled once for each number of rows, because building
 * a query takes Kysely longer than SQLite needs to run it.
 * @param writer this server's name where others share the database; it may die, or be taken for dead, in the middle
 * of a message.
 */
export function createAppend(db: Database, writer: string | null): Append {
  const takeNumbers = db
    .updateTable('rooms')
    .set(eb => ({ seq: eb('seq', '+', SAMPLE) }))
    .where('id', '=', '')
    .where('epoch', '=', '')
    .returning(['seq', 'control_seq'])
    .compile()
  const insertMessages = compileByRows(rows =>
    db.insertInto('messages').values(Array(rows).fill(SAMPLE_MESSAGE)).compile(),
  )
  const insertEvents = compileByRows(rows =>
    db.insertInto('room_events').values(Array(rows).fill(SAMPLE_EVENT)).compile(),
  )

  return async (tx, room, entries) => {
    const numbered = await tx.executeQuery<{ seq: number; control_seq: number }>({
      ...takeNumbers,
      parameters: [entries.length, room.id, room.epoch],
    })
    const row = numbered.rows[0]
    // It was deleted while the entries waited, and may have been made anew.
    if (!row) throw new ApiError('unknown-room', `there is no room "${room.id}"`)
    const first = row.seq - entries.length + 1
    if (writer === null) await requireOpen(tx, room.id, entries)
    else await claimPieces(tx, room.id, writer, first, entries)
    const messages: unknown[][] = []
    const events: unknown[][] = []
    entries.forEach((entry, index) => {
      if (entry.type === 'message') messages.push(messageValues(room.id, first + index, entry))
      else events.push(eventValues(room, first + index, entry))
    })
    if (messages.length > 0) await tx.executeQuery(insertMessages(messages))
    if (events.length > 0) await tx.executeQuery(insertEvents(events))
    for (const [index, entry] of entries.entries()) await applyToMessages(tx, room.id, first + index, entry)
    return { first, controls: row.control_seq }
  }
}

/** Stands for a value while a statement is compiled; the values are given when it is run. */
const SAMPLE = 0
const SAMPLE_MESSAGE = {
  room_id: '',
  seq: SAMPLE,
  speaker: '',
  data: '',
  meta: '',
  label: '',
  time: SAMPLE,
  status: '',
}
const SAMPLE_EVENT = { room_id: '', seq: SAMPLE, type: '', message_seq: SAMPLE, data: '' }

/** The values in the order of {@link SAMPLE_MESSAGE}'s columns. */
function messageValues(room: string, seq: number, entry: Extract<LogEntry, { type: 'message' }>): unknown[] {
  const meta = entry.meta === undefined || entry.meta === null ? null : JSON.stringify(entry.meta)
  const { speaker, data, label, time, status } = entry
  return [room, seq, speaker, JSON.stringify(data), meta, label ?? null, time, status]
}

/** The values in the order of {@link SAMPLE_EVENT}'s columns. */
function eventValues(room: LogRoom, seq: number, entry: OtherEntry): unknown[] {
  const { type, message_seq, data } = eventFields(room, entry)
  return [room.id, seq, type, message_seq, data]
}

function compileByRows<Result>(compile: (rows: number) => CompiledQuery<Result>) {
  const compiled = new Map<number, CompiledQuery<Result>>()
  return (rows: unknown[][]): CompiledQuery<Result> => {
    let query = compiled.get(rows.length)
    if (!query) {
      query = compile(rows.length)
      compiled.set(rows.length, query)
    }
    return { ...query, parameters: rows.flat() }
  }
}

/** What an entry changes of the messages before it, so that history and replay show the present state. */
async function applyToMessages(
  tx: DatabaseTransaction,
  room: string,
  seq: number,
  entry: LogEntry,
): Promise<void> {
  if (entry.type === 'final') {
    await tx
      .updateTable('messages')
      .set({ data: JSON.stringify(entry.data), status: 'complete' })
      .where('room_id', '=', room)
      .where('seq', '=', entry.message)
      .execute()
    // The whole text stands in the message now; a client in the middle gets it by the final delta.
    await tx
      .deleteFrom('room_events')
      .where('room_id', '=', room)
      .where('message_seq', '=', entry.message)
      .where('type', '=', 'delta')
      .execute()
  } else if (entry.type === 'retract') {
    // What came behind it in the same burst is in the tables already.
    let messages = tx.deleteFrom('messages').where('room_id', '=', room).where('seq', '<', seq)
    let events = tx
      .deleteFrom('room_events')
      .where('room_id', '=', room)
      .where('type', '!=', 'retract')
      .where('seq', '<', seq)
    if (entry.message !== null) {
      messages = messages.where('seq', '=', entry.message)
      events = events.where('message_seq', '=', entry.message)
    }
    await messages.execute()
    await events.execute()
  }
}
