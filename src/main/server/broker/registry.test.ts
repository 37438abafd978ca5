import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../store/index.ts'
import { createRegistry } from './registry.ts'
import { createTurnTransaction } from './turn-transaction.ts'

let folder: string
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'registry-'))
  store = await openStore({ dataDir: folder, databaseUrl: undefined })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const DAY = 86_400_000

test('devices that have not been here for a quarter of a year are forgotten, and no others', async () => {
  const registry = createRegistry({
    store,
    transact: createTurnTransaction(store),
    keepFrames: 10,
    keepFor: 7 * DAY,
    record: async () => {},
    tell() {},
  })
  for (const name of ['here', 'lately', 'long-ago']) {
    await registry.login({ name, uid: 'u', node: 'n', connection: name, address: '' })
    if (name !== 'here') await registry.logout(name, name, 'device_disconnect')
  }
  const seen = (name: string, days: number) =>
    store.db
      .updateTable('broker_devices')
      .set({ last_touch_time: Date.now() - days * DAY })
      .where('name', '=', name)
      .execute()
  await seen('here', 100)
  await seen('lately', 80)
  await seen('long-ago', 100)
  await registry.trim()
  const left = await store.db.selectFrom('broker_devices').select('name').orderBy('name').execute()
  expect(left.map(({ name }) => name)).toEqual(['here', 'lately'])
})
