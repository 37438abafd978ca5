import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRooms, type RoomRecord } from '../rooms/rooms.ts'
import { openStore, type Store } from '../store/index.ts'
import { finishLeftOpen } from './left-open.ts'
import { readAfter } from './log.ts'
import { createRetention } from './retention.ts'
import { createRoomLog, type RoomLog } from './room-log.ts'

const DAY = 24 * 60 * 60 * 1000
const START = Date.UTC(2026, 0, 1)

let folder: string
let store: Store
let room: RoomRecord
let log: RoomLog
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'retention-'))
  store = await openStore({ dataDir: folder, databaseUrl: undefined })
  room = await (await createRooms(store.db)).default()
  log = createRoomLog(store.db, () => 0)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const write = (time: number, status: 'complete' | 'streaming' = 'complete') =>
  log.write(room, {
    type: 'message',
    speaker: '',
    data: { message: 'x' },
    meta: null,
    label: undefined,
    time,
    status,
  })

const kept = async () =>
  (await store.db.selectFrom('messages').select('seq').orderBy('seq').execute()).map(row => row.seq)

test('messages older than the age go, by the clock that is given', async () => {
  for (const age of [3, 2, 1, 0]) await write(START - age * DAY)
  const retention = createRetention(store.db, { historyMessages: 0, historyAge: 1.5 * DAY }, () => START)
  await retention.run()
  expect(await kept()).toEqual([3, 4])
  expect(await readAfter(store.db, room, 2, 10)).toMatchObject({ trimmed: 2, last: 4 })
  await retention.close()
})

test('a clock that leaps forward a year takes nothing away; the next run believes it', async () => {
  for (let i = 0; i < 3; i++) await write(START)
  let leap = 0
  const retention = createRetention(
    store.db,
    { historyMessages: 0, historyAge: 30 * DAY },
    () => START + leap + performance.now(),
  )
  leap = 365 * DAY
  await retention.run()
  expect(await kept()).toEqual([1, 2, 3])
  await retention.run()
  expect(await kept()).toEqual([])
  await retention.close()
})

test('a clock that leaps back takes nothing away either', async () => {
  for (let i = 0; i < 3; i++) await write(START)
  let leap = 0
  const retention = createRetention(
    store.db,
    { historyMessages: 0, historyAge: DAY },
    () => START + leap + performance.now(),
  )
  leap = -365 * DAY
  await retention.run()
  await retention.run()
  expect(await kept()).toEqual([1, 2, 3])
  await retention.close()
})

test('beyond the size the oldest go, several thousand too, and numbers go on', async () => {
  await Promise.all(Array.from({ length: 2_600 }, () => write(START)))
  const retention = createRetention(store.db, { historyMessages: 100, historyAge: 0 }, () => START)
  await retention.run()
  expect((await kept()).length).toBe(100)
  expect((await write(START)).seq).toBe(2_601)
  await retention.close()
})

test('idempotency keys are forgotten after a day', async () => {
  await log.write(
    room,
    { type: 'message', speaker: '', data: {}, meta: null, label: undefined, time: START, status: 'complete' },
    'key',
  )
  const written = (
    await store.db.selectFrom('idempotency_keys').select('created_at').executeTakeFirstOrThrow()
  ).created_at
  const limits = { historyMessages: 0, historyAge: 0 }
  const today = createRetention(store.db, limits, () => written + DAY - 1000)
  await today.run()
  expect(await store.db.selectFrom('idempotency_keys').selectAll().execute()).toHaveLength(1)
  const tomorrow = createRetention(store.db, limits, () => written + DAY + 1000)
  await tomorrow.run()
  expect(await store.db.selectFrom('idempotency_keys').selectAll().execute()).toEqual([])
  await Promise.all([today.close(), tomorrow.close()])
})

test('a message that a crash left half-written is ended with the text it has', async () => {
  const { seq } = await write(START, 'streaming')
  await log.write(room, { type: 'delta', message: seq, deltaSeq: 1, text: 'y' })
  await log.write(room, { type: 'delta', message: seq, deltaSeq: 2, text: 'z' })
  await finishLeftOpen({ db: store.db, rooms: await createRooms(store.db), log }, store.kind)
  const { events } = await readAfter(store.db, room, seq, 10)
  expect(events.map(event => JSON.parse(event.data))).toMatchObject([
    { seq: 3, final: true, data: { message: 'xyz' } },
  ])
  const row = await store.db.selectFrom('messages').selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({ status: 'complete' })
})
