import { type Batch, Frame } from '../sse/index.ts'
import { type Database, type DatabaseTransaction, isOutcomeUnknown } from '../store/index.ts'
import { type Append, createAppend } from './append.ts'
import { type LogEntry, type LogRoom, toStreamEvent } from './log.ts'
import { isOfTheDisk, whenFree } from './when-free.ts'

/** Where an entry ended up. */
export interface Written {
  seq: number
  /** Streams that it goes to. */
  streams: number
  /** True where an earlier request with the same idempotency key had written it already. */
  repeated: boolean
}

export interface RoomLog {
  /**
   * Stores the entry under the room's next `seq`, then hands it to the hub; resolves when it is stored and on its way
   * to every stream of the room. Everything that comes within one turn of the event loop is stored by one transaction
   * and reaches each subscriber in one write, so a burst costs little more than a single message.
   * @param key makes a retry safe: an entry with a key already written is not written again.
   */
  write(room: LogRoom, entry: LogEntry, key?: string): Promise<Written>
  /** Resolves when all that was accepted is stored and on its way. */
  idle(): Promise<void>
}

interface Pending {
  room: LogRoom
  entry: LogEntry
  key: string | undefined
  resolve(written: Written): void
  reject(error: unknown): void
}

/** Entries of one transaction; a multi-row insert stays far below SQLite's 32,766 parameters. */
const MAX_BATCH = 500
/** Characters of what they carry, encoded: far below what may wait for a client, or a burst of long lines would get it dropped. */
const MAX_BATCH_LENGTH = 128 * 1024

/** What hands a stored batch to the streams: the hub alone, or the backplane of a cluster before it. */
export type Deliver = (room: LogRoom, batch: Batch) => number

export interface RoomLogOptions {
  /** Resolves when the room's streams can take more: what is published meanwhile waits, and is then stored together. */
  caughtUp?: (room: string) => Promise<void>
  /** This server's name where others share the database. */
  writer?: string | null
}

export function createRoomLog(
  db: Database,
  deliver: Deliver,
  { caughtUp = () => Promise.resolve(), writer = null }: RoomLogOptions = {},
): RoomLog {
  const append = createAppend(db, writer)
  const queue: Pending[] = []
  let flushing: Promise<void> | null = null

  async function flushAll(): Promise<void> {
    // Let the rest of this turn's requests join.
    await new Promise(resolve => setImmediate(resolve))
    while (queue.length > 0) {
      const batch = queue.splice(0, batchSize(queue))
      await flush(batch)
      for (const room of new Set(batch.map(({ room }) => room.id))) await caughtUp(room)
    }
    flushing = null
  }

  async function flush(batch: Pending[]): Promise<void> {
    const byRoom = Map.groupBy(batch, ({ room }) => `${room.id}.${room.epoch}`)
    let stored: StoredRoom[]
    try {
      stored = await whenFree(() =>
        db.transaction().execute(async tx => {
          const rooms: StoredRoom[] = []
          // In one order on every server, or two of them would wait for each other's rooms.
          for (const key of [...byRoom.keys()].sort())
            rooms.push(await storeRoom(tx, append, byRoom.get(key)!))
          return rooms
        }),
      )
    } catch (error) {
      // One bad entry must not fail its neighbours: each goes by itself. Not where nobody knows whether the batch
      // was stored (again could show it twice: the publisher decides), nor where the disk would refuse each.
      if (batch.length > 1 && !isOutcomeUnknown(error) && !isOfTheDisk(error)) {
        for (const pending of batch) await flush([pending])
      } else for (const pending of batch) pending.reject(error)
      return
    }
    for (const room of stored) announce(room)
  }

  function announce({ room, fresh, repeats, first, controls }: StoredRoom): void {
    let streams = 0
    if (fresh.length > 0) {
      const events = fresh.map(({ entry }, index) => toStreamEvent(room, { seq: first + index, entry }))
      const to = first + fresh.length - 1
      streams = deliver(room, { frame: Frame.of(...events), from: first, to, controls })
    }
    fresh.forEach((pending, index) => {
      pending.resolve({ seq: first + index, streams, repeated: false })
    })
    for (const { pending, seq } of repeats) pending.resolve({ seq, streams: 0, repeated: true })
  }

  return {
    write(room, entry, key) {
      return new Promise<Written>((resolve, reject) => {
        queue.push({ room, entry, key, resolve, reject })
        flushing ??= flushAll()
      })
    },
    async idle() {
      while (flushing) await flushing
    },
  }
}

/** @returns how many entries of the queue's start make one batch: not more than streams can take in one write. */
function batchSize(queue: readonly Pending[]): number {
  // The usual case needs no measuring.
  if (queue.length === 1) return 1
  let length = 0
  let size = 0
  while (size < queue.length && size < MAX_BATCH && length < MAX_BATCH_LENGTH) {
    length += lengthOf(queue[size++]!.entry)
  }
  return size
}

/** @returns about how many characters the entry has on the wire. A line may be structured, and `meta` may be anything. */
function lengthOf(entry: LogEntry): number {
  if (entry.type === 'delta') return entry.text.length
  if (entry.type === 'retract') return 0
  const meta = entry.type === 'message' && entry.meta != null ? JSON.stringify(entry.meta).length : 0
  return JSON.stringify(entry.data).length + meta
}

interface StoredRoom {
  room: LogRoom
  fresh: Pending[]
  /** Requests whose key was written before, with the number it has. */
  repeats: { pending: Pending; seq: number }[]
  first: number
  /** The number of the newest control that was given before. */
  controls: number
}

async function storeRoom(tx: DatabaseTransaction, append: Append, pending: Pending[]): Promise<StoredRoom> {
  const room = pending[0]!.room
  const seqByKey = await findKeys(tx, room.id, pending)
  const fresh: Pending[] = []
  const keyed = new Map<string, number>()
  for (const item of pending) {
    if (item.key !== undefined) {
      if (seqByKey.has(item.key) || keyed.has(item.key)) continue
      keyed.set(item.key, fresh.length)
    }
    fresh.push(item)
  }
  const { first, controls } =
    fresh.length > 0
      ? await append(
          tx,
          room,
          fresh.map(item => item.entry),
        )
      : { first: 0, controls: 0 }
  if (keyed.size > 0) {
    const createdAt = Date.now()
    const rows = [...keyed].map(([key, index]) => ({
      room_id: room.id,
      key,
      seq: first + index,
      created_at: createdAt,
    }))
    await tx.insertInto('idempotency_keys').values(rows).execute()
    for (const row of rows) seqByKey.set(row.key, row.seq)
  }
  const isFresh = new Set(fresh)
  const repeats = pending
    .filter(item => !isFresh.has(item))
    .map(item => ({ pending: item, seq: seqByKey.get(item.key!)! }))
  return { room, fresh, repeats, first, controls }
}

async function findKeys(
  tx: DatabaseTransaction,
  room: string,
  pending: Pending[],
): Promise<Map<string, number>> {
  const keys = pending.flatMap(item => (item.key === undefined ? [] : [item.key]))
  if (keys.length === 0) return new Map()
  // Locks the room before looking, so that a retry which reached another server at the same time is seen.
  await tx
    .updateTable('rooms')
    .set(eb => ({ seq: eb.ref('seq') }))
    .where('id', '=', room)
    .execute()
  const rows = await tx
    .selectFrom('idempotency_keys')
    .select(['key', 'seq'])
    .where('room_id', '=', room)
    .where('key', 'in', keys)
    .execute()
  return new Map(rows.map(row => [row.key, row.seq]))
}
