import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { startServer } from './index.ts'
import { close } from './life-cycle.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'life-cycle-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const start = (port = 0) =>
  startServer(
    readConfig(
      { DATA_DIR: folder, PORT: String(port), LOG_LEVEL: 'silent' },
      { pagesDir: folder, desktop: true },
    ),
  )

test('a start that failed half way leaves the data folder free for the next', async () => {
  // Where the key of the sign-ins belongs.
  mkdirSync(join(folder, 'jwt-secret'))
  await expect(start()).rejects.toThrow()
  rmSync(join(folder, 'jwt-secret'), { recursive: true })
  await (await start()).close()
})

test('a start whose port is taken leaves nothing behind that keeps the process busy', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => other.on('listening', resolve))
  const timers = () => process.getActiveResourcesInfo().filter(kind => kind === 'Timeout').length
  const before = timers()
  await expect(start((other.address() as { port: number }).port)).rejects.toMatchObject({
    reason: 'port-in-use',
  })
  expect(timers()).toBe(before)
  other.close()
  await (await start()).close()
})

test('what fails while a server closes keeps nothing else open', async () => {
  const ended: string[] = []
  /** A part of which every call is noted, and fails where `fails` says so. */
  const part = (name: string, fails = false) =>
    new Proxy(
      {},
      {
        get: (_, call) => async () => {
          ended.push(`${name}.${String(call)}`)
          if (fails) throw new Error('the disk is full')
        },
      },
    ) as never
  const features = new Proxy({}, { get: (_, name) => part(String(name), name === 'stage') }) as never
  const warned: unknown[] = []
  const log = { warn: (_: unknown, text: string) => warned.push(text) } as never
  await close(part('listener'), features, part('store'), log)
  expect(ended).toEqual(
    expect.arrayContaining(['stage.save', 'audit.close', 'store.close', 'listener.closeAll']),
  )
  expect(warned).toContain('closing: how far the screens are could not be ended in good order')
})
