import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openStore, type Store } from '../store/index.ts'
import { AUDIT_KEPT, type Audit, createAudit } from './audit.ts'

const DAY = 24 * 60 * 60 * 1000
const nobody = { actor: null, address: '' }

let dataDir: string
let store: Store
let audit: Audit
let time: number
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  dataDir = await mkdtemp(join(tmpdir(), 'streaming-message-'))
  store = await openStore({ dataDir, databaseUrl: undefined })
  time = Date.UTC(2026, 0, 1)
  audit = createAudit(store.db, pino({ level: 'silent' }), () => time)
})
afterEach(async () => {
  await audit.close()
  await store.close()
  await rm(dataDir, { recursive: true })
  vi.useRealTimers()
})

const targets = async () => (await audit.list({ limit: 200 })).entries.map(({ target }) => target)

/** The server runs on for a day. */
function aDayLater() {
  time += DAY
  vi.advanceTimersByTime(DAY)
}

test('keeps an entry for 90 days, and not for one more', async () => {
  expect(AUDIT_KEPT).toBe(90 * DAY)
  for (let day = 0; day < 3; day++) {
    audit.record('room.create', { ...nobody, target: `day ${day}` })
    aDayLater()
  }
  while (time < Date.UTC(2026, 0, 1) + 90 * DAY) aDayLater()
  expect(await targets()).toEqual(['day 2', 'day 1', 'day 0'])
  aDayLater()
  expect(await targets()).toEqual(['day 2', 'day 1'])
  aDayLater()
  aDayLater()
  expect(await targets()).toEqual([])
})

test('forgets at the start what became too old while the server was off', async () => {
  audit.record('room.create', { ...nobody, target: 'old' })
  time += 10 * DAY
  audit.record('room.create', { ...nobody, target: 'young' })
  await audit.close()
  time += 85 * DAY
  audit = createAudit(store.db, pino({ level: 'silent' }), () => time)
  expect(await targets()).toEqual(['young'])
})

test('writes what repeats within a minute once', async () => {
  for (let at = 0; at < 3; at++) {
    audit.record('room.change', { ...nobody, target: 'lobby' })
    time += 25_000
  }
  expect(await targets()).toEqual(['lobby'])
  audit.record('room.change', { ...nobody, target: 'lobby' })
  expect(await targets()).toEqual(['lobby', 'lobby'])
})
