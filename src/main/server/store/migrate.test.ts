import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from './index.ts'

test('a migration that fails in the middle leaves nothing half made: the next start has it whole', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'migrate-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  const file = join(dataDir, 'streaming-message.db')
  const inTheWay = new SQLite(file)
  inTheWay.exec('CREATE TABLE logins (id TEXT)')
  inTheWay.close()
  const options = { dataDir, databaseUrl: undefined }
  await expect(openStore(options)).rejects.toThrow('already exists')

  const left = new SQLite(file)
  const tables = left.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
  left.exec('DROP TABLE logins')
  left.close()
  expect(tables).not.toContain('rooms')
  const store = await openStore(options)
  onTestFinished(() => store.close())
  await expect(store.db.selectFrom('rooms').selectAll().execute()).resolves.toBeDefined()
})
