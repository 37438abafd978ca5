import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRooms } from '../rooms/index.ts'
import { openStore, type Store } from '../store/index.ts'
import { backupRoutes } from './routes.ts'
import { writeBackup } from './write.ts'

let store: Store
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'backup-'))
  store = await openStore({ dataDir: dir, databaseUrl: undefined })
})
afterEach(async () => {
  await store.close()
  await rm(dir, { recursive: true })
})

test('a database that goes away under a backup fails that backup, and not the process', async () => {
  await store.db.destroy()
  await expect(buffer(writeBackup(store.db, '1.0.0'))).rejects.toThrow('destroyed')
})

test('the server begins anew on restored data, even where nobody waits for the answer any more', async () => {
  await createRooms(store.db)
  const file = await buffer(writeBackup(store.db, '1.0.0'))
  const restart = vi.fn()
  const post = backupRoutes({ db: store.db, version: '1.0.0', restart })[1]!
  const res = new PassThrough().destroy()
  const context = { req: Readable.from([file]), res, principal: null, params: {}, query: {}, body: undefined }
  await post.handle(context as unknown as Parameters<typeof post.handle>[0])
  expect(restart).toHaveBeenCalledOnce()
})
