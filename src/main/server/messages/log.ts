import type { Selectable } from 'kysely'
import type { DeltaEvent, RetractEvent } from '../../../shared/events.ts'
import { formatEventId } from '../../../shared/ids.ts'
import type { Message, MessageData, MessageStatus } from '../../../shared/message.ts'
import type { StreamEvent } from '../sse/index.ts'
import type { Database, Tables } from '../store/index.ts'

/** Something that happens in a room's history and takes the next `seq`. */
export type LogEntry =
  | {
      type: 'message'
      speaker: string
      data: MessageData
      meta: unknown
      label: string | undefined
      time: number
      status: MessageStatus
    }
  | { type: 'delta'; message: number; deltaSeq: number; text: string }
  | { type: 'final'; message: number; deltaSeq: number; data: MessageData }
  | { type: 'retract'; message: number | null }

/** An entry that has its number. */
export interface NumberedEntry {
  seq: number
  entry: LogEntry
}

type MessageRow = Selectable<Tables['messages']>
type EventRow = Selectable<Tables['room_events']>

/** The room an id belongs to; all that encoding needs of it. */
export interface LogRoom {
  id: string
  epoch: string
}

/**
 * Reads what happened after `after`, oldest first, in the present state: a retracted message is gone, one that
 * was written in pieces is whole.
 * @returns at most `limit` events, and the number that they reach: `last` counts what is gone too. `complete`
 * says that there is no more; what came up to `trimmed` can't be replayed any more. `controls` is the number of the
 * newest control among them.
 */
export async function readAfter(
  db: Database,
  room: LogRoom,
  after: number,
  limit: number,
): Promise<{ events: StreamEvent[]; last: number; complete: boolean; trimmed: number; controls: number }> {
  // Numbers are given in the order of the commits, so all up to this one are here; what is written while the
  // two tables are read would show in one of them only.
  const row = await db
    .selectFrom('rooms')
    .select(['seq', 'trimmed_seq', 'control_seq'])
    .where('id', '=', room.id)
    .executeTakeFirst()
  const newest = Math.max(row?.seq ?? 0, after)
  const [messages, events] = await Promise.all([
    db
      .selectFrom('messages')
      .selectAll()
      .where('room_id', '=', room.id)
      .where('seq', '>', after)
      .where('seq', '<=', newest)
      .orderBy('seq')
      .limit(limit)
      .execute(),
    db
      .selectFrom('room_events')
      .selectAll()
      .where('room_id', '=', room.id)
      .where('seq', '>', after)
      .where('seq', '<=', newest)
      .orderBy('seq')
      .limit(limit)
      .execute(),
  ])
  const merged = [
    ...messages.map(row => ({ seq: row.seq, event: messageEvent(toMessage(room, row)) })),
    ...events.map(row => ({ seq: row.seq, event: storedEvent(room, row) })),
  ].sort((a, b) => a.seq - b.seq)
  const page = merged.slice(0, limit)
  const complete = merged.length <= limit && messages.length < limit && events.length < limit
  return {
    events: page.map(item => item.event),
    last: complete ? newest : (page.at(-1)?.seq ?? newest),
    complete,
    trimmed: row?.trimmed_seq ?? 0,
    controls: row?.control_seq ?? 0,
  }
}

/** @returns the event that announces a numbered entry. */
export function toStreamEvent(room: LogRoom, { seq, entry }: NumberedEntry): StreamEvent {
  if (entry.type === 'message') return messageEvent(entryToMessage(room, seq, entry))
  return storedEvent(room, { seq, ...eventFields(room, entry) })
}

export function entryToMessage(
  room: LogRoom,
  seq: number,
  entry: Extract<LogEntry, { type: 'message' }>,
): Message {
  const message: Message = {
    id: formatEventId({ epoch: room.epoch, seq }),
    room: room.id,
    speaker: entry.speaker,
    data: entry.data,
    time: entry.time,
    meta: entry.meta ?? null,
    status: entry.status,
  }
  if (entry.label !== undefined) message.label = entry.label
  return message
}

export function toMessage(room: LogRoom, row: MessageRow): Message {
  return entryToMessage(room, row.seq, {
    type: 'message',
    speaker: row.speaker,
    data: JSON.parse(row.data),
    meta: row.meta === null ? null : JSON.parse(row.meta),
    label: row.label ?? undefined,
    time: row.time,
    status: row.status as MessageStatus,
  })
}

/** @returns a message that is still being written with what has been appended up to `upTo`. */
export async function withDeltas(
  db: Database,
  room: LogRoom,
  message: Message,
  seq: number,
  upTo: number,
): Promise<Message> {
  if (message.status !== 'streaming') return message
  const rows = await db
    .selectFrom('room_events')
    .select('data')
    .where('room_id', '=', room.id)
    .where('message_seq', '=', seq)
    .where('type', '=', 'delta')
    .where('seq', '<=', upTo)
    .orderBy('seq')
    .execute()
  const text = rows.map(row => (JSON.parse(row.data) as { text: string }).text).join('')
  return { ...message, data: { ...message.data, message: String(message.data.message ?? '') + text } }
}

function messageEvent(message: Message): StreamEvent {
  return { id: message.id, data: JSON.stringify(message) }
}

export type OtherEntry = Exclude<LogEntry, { type: 'message' }>

/** The row's `type` is the entry's; `data` is the event's data as sent. */
export function eventFields(
  room: LogRoom,
  entry: OtherEntry,
): Pick<EventRow, 'type' | 'message_seq' | 'data'> {
  const id = (seq: number) => formatEventId({ epoch: room.epoch, seq })
  if (entry.type === 'retract') {
    const data: RetractEvent =
      entry.message === null ? { message: null, all: true } : { message: id(entry.message) }
    return { type: 'retract', message_seq: entry.message, data: JSON.stringify(data) }
  }
  const message = id(entry.message)
  const data: DeltaEvent =
    entry.type === 'delta'
      ? { message, seq: entry.deltaSeq, text: entry.text }
      : { message, seq: entry.deltaSeq, final: true, data: entry.data }
  return { type: entry.type, message_seq: entry.message, data: JSON.stringify(data) }
}

function storedEvent(room: LogRoom, row: Pick<EventRow, 'seq' | 'type' | 'data'>): StreamEvent {
  return {
    event: row.type === 'final' ? 'delta' : row.type,
    id: formatEventId({ epoch: room.epoch, seq: row.seq }),
    data: row.data,
  }
}
