import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../store/index.ts'
import { stateChange } from './state-change.ts'
import { createWebhooks } from './webhooks.ts'

let folder: string
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'webhooks-'))
  store = await openStore({ dataDir: folder, databaseUrl: undefined })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

test('what waits for a webhook goes with it, and nothing that waits for another', async () => {
  const webhooks = createWebhooks(store.db, pino({ enabled: false }))
  // Nothing is delivered meanwhile.
  await webhooks.close()
  const gone = await webhooks.add('http://127.0.0.1:9/gone')
  const stays = await webhooks.add('http://127.0.0.1:9/stays')
  const change = stateChange('user_online', { uid: 'aki', name: 'phone' }, 'device_connected', '')
  await store.db.transaction().execute(tx => webhooks.record(tx, [change]))
  expect(await webhooks.remove(gone.id)).toBe(true)
  expect(await webhooks.remove(gone.id)).toBe(false)
  const left = await store.db.selectFrom('webhook_deliveries').select('webhook_id').execute()
  expect(left).toEqual([{ webhook_id: stays.id }])
})
