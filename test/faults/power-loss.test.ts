import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openStore } from '../../src/main/server/store/index.ts'
import { startTestServer } from '../support/server.ts'
import { scaled } from './scale.ts'

const DATABASE = 'streaming-message.db'
const MESSAGES = scaled(60, 15)

test('each commit is on the disk before it counts: WAL with synchronous=FULL', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'power-loss-'))
  const store = await openStore({ dataDir: folder, databaseUrl: undefined })
  const pragma = async (name: string) =>
    Object.values((await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(store.db)).rows[0]!)[0]
  expect(await pragma('journal_mode')).toBe('wal')
  expect(await pragma('synchronous')).toBe(2)
  await store.close()
  rmSync(folder, { recursive: true })
})

/**
 * What is simulated: the power goes at any moment after an answer. What SQLite has synced by then is on the disk; of
 * what it wrote later, any part may be, down to a torn page. The database file itself is not written meanwhile
 * (no checkpoint in so few pages). Not simulated: a disk that lies about having synced.
 */
test(`the power goes after any of ${MESSAGES} answers, in the middle of the next write: every message answered with 202 is there`, async () => {
  const server = await startTestServer()
  const wal = join(server.dataDir, `${DATABASE}-wal`)
  const synced: number[] = []
  for (let i = 1; i <= MESSAGES; i++) {
    const response = await server.api('POST', '/rooms/lobby/messages', { data: { message: `m${i}` } })
    expect(response.status).toBe(202)
    synced.push(statSync(wal).size)
  }
  await server.kill('SIGKILL')
  const bytes = readFileSync(wal)
  expect(synced).toEqual([...synced].sort((a, b) => a - b))

  const folder = mkdtempSync(join(tmpdir(), 'power-loss-'))
  for (const [index, end] of synced.entries()) {
    const next = synced[index + 1] ?? bytes.length
    // Nothing of the next write, a part of its first page, all but its last byte, and garbage in its place.
    const tails = [
      Buffer.alloc(0),
      bytes.subarray(end, end + 100),
      bytes.subarray(end, Math.max(end, next - 1)),
      Buffer.from(bytes.subarray(end, next)).fill(0xaa, 24),
    ]
    for (const tail of tails) {
      copyFileSync(join(server.dataDir, DATABASE), join(folder, DATABASE))
      writeFileSync(join(folder, `${DATABASE}-wal`), Buffer.concat([bytes.subarray(0, end), tail]))
      rmSync(join(folder, `${DATABASE}-shm`), { force: true })
      const database = new SQLite(join(folder, DATABASE))
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
      const texts = database.prepare('select data from messages order by seq').all() as { data: string }[]
      const seq = database.prepare('select seq from rooms where id = ?').pluck().get('lobby') as number
      database.close()
      // All that were answered; the next may be there too, whole, where its answer was just about to go out.
      expect([index + 1, index + 2]).toContain(texts.length)
      expect(texts.map(row => JSON.parse(row.data).message)).toEqual(
        Array.from({ length: texts.length }, (_, i) => `m${i + 1}`),
      )
      // The next message takes a number that nobody has been shown.
      expect(seq).toBe(texts.length)
    }
  }
  rmSync(folder, { recursive: true })
  await server.dispose()
})
