import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MessageData } from '../../../shared/message.ts'
import { createRooms, type RoomRecord } from '../rooms/rooms.ts'
import { openStore, type Store } from '../store/index.ts'
import { readAfter } from './log.ts'
import { createRoomLog, type RoomLog } from './room-log.ts'

let folder: string
let store: Store
let room: RoomRecord
let log: RoomLog
/** Characters of each batch that was handed to the streams. */
let batches: number[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'room-log-'))
  store = await openStore({ dataDir: folder, databaseUrl: undefined })
  room = await (await createRooms(store.db)).default()
  batches = []
  log = createRoomLog(store.db, (_room, { frame }) => batches.push(frame.length))
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const line = (data: MessageData, meta: unknown = null) =>
  ({ type: 'message', speaker: '', data, meta, label: undefined, time: 0, status: 'complete' }) as const
const write = (data: MessageData, meta: unknown = null) => log.write(room, line(data, meta))

const LONG = 'x'.repeat(30_000)

test.each<[string, () => Promise<unknown>]>([
  ['long texts', () => write({ message: LONG })],
  ['structured lines', () => write({ message: [[{ text: LONG }]] })],
  ['long notes of programs', () => write({ message: 'short' }, { note: LONG })],
])('a burst of %s is handed out in batches that a stream can take, in order', async (_what, publish) => {
  const written = (await Promise.all(Array.from({ length: 40 }, publish))) as { seq: number }[]
  expect(written.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  // A stream is dropped at 1 MiB.
  expect(Math.max(...batches)).toBeLessThan(256 * 1024)
})

test('a burst of short lines is one batch', async () => {
  await Promise.all(Array.from({ length: 300 }, () => write({ message: 'x' })))
  expect(batches).toHaveLength(1)
})

test('a history that is emptied in the middle of a burst keeps what was sent after it', async () => {
  await Promise.all([
    write({ message: 'before' }),
    log.write(room, { type: 'retract', message: null }),
    write({ message: 'after' }),
  ])
  expect(batches).toHaveLength(1)
  const { events } = await readAfter(store.db, room, 0, 10)
  expect(events.map(({ event, data }) => event ?? JSON.parse(data).data.message)).toEqual([
    'retract',
    'after',
  ])
})

test.each([1, null])(
  'a piece of a line that was taken back (%s) in the same burst is refused',
  async message => {
    await log.write(room, { ...line({ message: '' }), status: 'streaming' })
    const [, piece] = await Promise.allSettled([
      log.write(room, { type: 'retract', message }),
      log.write(room, { type: 'delta', message: 1, deltaSeq: 1, text: 'late' }),
    ])
    expect(piece).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } })
    const { events } = await readAfter(store.db, room, 0, 10)
    expect(events.map(({ event }) => event)).toEqual(['retract'])
  },
)

test('what is written to a room that was made anew meanwhile is refused, and what is meant for the new one stored', async () => {
  const rooms = await createRooms(store.db)
  const old = await rooms.create({ id: 'again', ownerId: null })
  await rooms.delete('again')
  const fresh = await rooms.create({ id: 'again', ownerId: null })
  const results = await Promise.allSettled([
    log.write(old, line({ message: 'late' })),
    log.write(fresh, line({ message: 'new' })),
    // Of a message that was still being written when its room went.
    log.write(old, { type: 'final', message: 1, deltaSeq: 1, data: { message: 'old' } }),
  ])
  expect(results).toMatchObject([
    { status: 'rejected', reason: { code: 'unknown-room' } },
    { status: 'fulfilled', value: { seq: 1 } },
    { status: 'rejected', reason: { code: 'unknown-room' } },
  ])
  const stored = await store.db.selectFrom('messages').select('data').where('room_id', '=', 'again').execute()
  expect(stored).toEqual([{ data: '{"message":"new"}' }])
})
