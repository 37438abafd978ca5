import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
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

test('a receiver that does not answer holds up no other', async () => {
  const open: ServerResponse[] = []
  const silent = createServer((_req, res) => void open.push(res))
  const well = Promise.withResolvers<void>()
  const answering = createServer((_req, res) => {
    res.writeHead(204).end()
    well.resolve()
  })
  const at = async (server: Server) => {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  }
  const webhooks = createWebhooks(store.db, pino({ enabled: false }))
  const changes = Array.from({ length: 60 }, (_, index) =>
    stateChange('user_online', { uid: `u${index}`, name: 'phone' }, 'device_connected', ''),
  )
  await webhooks.add(await at(silent))
  await store.db.transaction().execute(tx => webhooks.record(tx, changes))
  webhooks.wake()
  // As many as are sent to one at once: none comes later, which closing would wait for.
  await expect.poll(() => open.length).toBe(20)
  await webhooks.add(await at(answering))
  await store.db.transaction().execute(tx => webhooks.record(tx, changes.slice(0, 1)))
  webhooks.wake()
  await well.promise
  const closing = webhooks.close()
  for (const res of open) res.writeHead(204).end()
  silent.closeAllConnections()
  await closing
  for (const server of [silent, answering]) server.close()
})
