import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable, Writable } from 'node:stream'
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

/** An answer to a client that reads slowly: it drains after each piece. */
class SlowAnswer extends Writable {
  headersSent = false
  drains = 0
  listening = 0
  constructor() {
    super({ highWaterMark: 1 })
  }
  setHeader() {}
  override _write(_bytes: Buffer, _encoding: string, done: () => void) {
    this.headersSent = true
    this.listening = Math.max(this.listening, this.listenerCount('close'))
    this.drains++
    setImmediate(done)
  }
}

async function download(res: SlowAnswer): Promise<void> {
  await createRooms(store.db)
  // What does not compress comes in many pieces.
  const content = randomBytes(600_000).toString('base64')
  const asset = { id: 'a', owner: '', name: '', type: 'image/png', size: 600_000, content, created_at: 0 }
  await store.db.insertInto('assets').values(asset).execute()
  const get = backupRoutes({ db: store.db, version: '1.0.0', restart() {} })[0]!
  const context = { req: null, res, principal: null, params: {}, query: {}, body: undefined }
  await get.handle(context as unknown as Parameters<typeof get.handle>[0])
}

test('a long backup for a slow client leaves no listeners behind', async () => {
  const res = new SlowAnswer()
  await download(res)
  expect(res.drains).toBeGreaterThan(20)
  expect(res.listening).toBeLessThan(5)
})

test('a backup for a client that has left while it was read is not waited for', async () => {
  const res = new SlowAnswer()
  const closed = once(res, 'close')
  res.destroy()
  await closed
  await download(res)
  expect(res.drains).toBe(0)
})
