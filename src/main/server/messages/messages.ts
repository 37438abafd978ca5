import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { formatEventId, parseEventId } from '../../../shared/ids.ts'
import { LIMITS } from '../../../shared/limits.ts'
import type { Message, MessageData, PublishInput } from '../../../shared/message.ts'
import { ApiError } from '../errors.ts'
import { checkMessageSize, type ServerLimits } from '../limits/index.ts'
import type { RoomRecord } from '../rooms/rooms.ts'
import type { Database } from '../store/index.ts'
import { entryToMessage, toMessage } from './log.ts'
import type { RoomLog } from './room-log.ts'

export interface Published {
  message: Message
  /** Streams that it was written to. */
  streams: number
  /** True where an earlier request with this idempotency key had published it. */
  repeated: boolean
}

export interface HistoryPage {
  messages: Message[]
  /** To be given as `before` for the next page; null at the end. */
  next: string | null
}

export interface Messages {
  /** UTF-8 bytes of the longest text. */
  readonly maxBytes: number
  /** Stores and delivers; trusts its input (`publishInput` is the door). @throws ApiError `too-large`. */
  publish(room: RoomRecord, input: PublishInput, options?: PublishOptions): Promise<Published>
  /** @throws ApiError `not-found`. */
  retract(room: RoomRecord, id: string): Promise<void>
  /** Empties the history, on the screens too. */
  clear(room: RoomRecord): Promise<void>
  /** Newest first. */
  history(room: RoomRecord, page: { before?: string; limit: number; search?: string }): Promise<HistoryPage>
  find(room: RoomRecord, id: string): Promise<Message | null>
}

export interface PublishOptions {
  idempotencyKey?: string
  /** More will be appended by deltas. */
  streaming?: boolean
}

export type MessageListener = (room: RoomRecord, seq: number) => void

/** Messages of one look into the database while searching. */
const SEARCH_PAGE = 200

/** @param limits the server's own; the contract's have been checked at the door. */
export function createMessages(
  db: Database,
  log: RoomLog,
  onPublish: MessageListener,
  limits: Pick<ServerLimits, 'messageBytes'> = LIMITS,
): Messages {
  function seqOf(room: RoomRecord, id: string): number {
    const position = parseEventId(id)
    if (!position || position.epoch !== room.epoch)
      throw new ApiError('not-found', `there is no message "${id}"`)
    return position.seq
  }

  async function find(room: RoomRecord, id: string): Promise<Message | null> {
    const row = await db
      .selectFrom('messages')
      .selectAll()
      .where('room_id', '=', room.id)
      .where('seq', '=', seqOf(room, id))
      .executeTakeFirst()
    return row ? toMessage(room, row) : null
  }

  /** Newest first. */
  const older = (room: RoomRecord, below: number, limit: number) =>
    db
      .selectFrom('messages')
      .selectAll()
      .where('room_id', '=', room.id)
      .where('seq', '<', below)
      .orderBy('seq', 'desc')
      .limit(limit)

  /** Messages with this text, `wanted` of them or more where there are so many; newest first. */
  async function holding(room: RoomRecord, below: number, wanted: number, text: string): Promise<Message[]> {
    // JSON escapes quotes and backslashes; the text is searched as it is stored.
    const asStored = JSON.stringify(text).slice(1, -1)
    const found: Message[] = []
    for (let from = below; ; ) {
      const rows = await older(room, from, SEARCH_PAGE)
        .where(eb => eb.or([contains(eb.ref('speaker'), text), contains(eb.ref('data'), asStored)]))
        .execute()
      const page = rows.map(row => toMessage(room, row))
      // The names of fields are in the stored text too.
      found.push(...page.filter(({ speaker, data }) => holds([speaker, data], text)))
      if (rows.length < SEARCH_PAGE || found.length >= wanted) return found
      from = rows.at(-1)!.seq
    }
  }

  return {
    find,
    maxBytes: limits.messageBytes,
    async publish(room, input, { idempotencyKey, streaming = false } = {}) {
      checkMessageSize(input.data, limits.messageBytes)
      const entry = {
        type: 'message' as const,
        speaker: input.speaker,
        data: input.data as MessageData,
        meta: input.meta,
        label: input.label,
        time: Date.now(),
        status: streaming ? ('streaming' as const) : ('complete' as const),
      }
      const { seq, streams, repeated } = await log.write(room, entry, idempotencyKey)
      const message =
        (repeated ? await find(room, formatEventId({ epoch: room.epoch, seq })) : null) ??
        entryToMessage(room, seq, entry)
      if (!repeated) onPublish(room, seq)
      return { message, streams, repeated }
    },
    async retract(room, id) {
      if (!(await find(room, id))) throw new ApiError('not-found', `there is no message "${id}"`)
      await log.write(room, { type: 'retract', message: seqOf(room, id) })
    },
    async clear(room) {
      await log.write(room, { type: 'retract', message: null })
    },
    async history(room, { before, limit, search }) {
      const below = before === undefined ? Number.MAX_SAFE_INTEGER : seqOf(room, before)
      const wanted = limit + 1
      const found = search
        ? await holding(room, below, wanted, search)
        : (await older(room, below, wanted).execute()).map(row => toMessage(room, row))
      const page = found.slice(0, limit)
      return { messages: page, next: found.length > limit ? page.at(-1)!.id : null }
    },
  }
}

/** Whether a text somewhere in `value` has `text` in it. */
function holds(value: unknown, text: string): boolean {
  if (typeof value === 'object' && value !== null)
    return Object.values(value).some(inner => holds(inner, text))
  return typeof value === 'string' && value.toLowerCase().includes(text.toLowerCase())
}

/**
 * Whatever the case of its letters, as far as the database knows them (SQLite: those of ASCII; so the text is left to it
 * too). SQLite knows no escape sign unless it is told one.
 */
function contains(column: Expression<string>, text: string): RawBuilder<SqlBool> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return sql<SqlBool>`lower(${column}) like lower(${pattern}) escape '\\'`
}
