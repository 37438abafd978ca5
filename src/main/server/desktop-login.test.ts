import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { type RunningServer, startServer } from './index.ts'

let folder: string
let server: RunningServer
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desktop-login-'))
  const env = { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent' }
  server = await startServer(readConfig(env, { pagesDir: folder, desktop: true }))
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

test('the desktop’s window and its main process ask for a token at once: both tokens are good', async () => {
  const asked: Promise<string>[] = []
  for (let index = 0; index < 50; index++) {
    asked.push(server.ownerToken())
    // Each a step further in the making of the first.
    for (let step = 0; step < index; step++) await Promise.resolve()
  }
  for (const token of new Set(await Promise.all(asked))) {
    const headers = { Authorization: `Bearer ${token}` }
    expect((await fetch(`${server.url}/api/v1/auth/me`, { headers })).status).toBe(200)
  }
})
