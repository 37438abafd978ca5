import { MessageChannel } from 'node:worker_threads'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createStreamSharer } from '../../src/renderer/player/page/stream-sharer.ts'
import type { ToPage } from '../../src/renderer/player/page/worker-messages.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

/** The worker that holds one stream for all pages of a browser, at a real server. */

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())
afterEach(() => vi.unstubAllGlobals())

/** A page of the worker's; `heard` are the names of its events. */
function openPage(sharer: ReturnType<typeof createStreamSharer>, name: string) {
  const { port1, port2 } = new MessageChannel()
  const heard: string[] = []
  port2.on('message', (message: ToPage) => void (message.type === 'event' && heard.push(message.name)))
  sharer.connect(port1 as unknown as MessagePort)
  port2.postMessage({ type: 'open', request: { page: name, room: 'lobby' }, lock: null })
  return { heard, close: () => port2.postMessage({ type: 'close' }) }
}

const watching = async () => {
  const response = await server.api('GET', '/rooms/lobby/subscribers')
  return ((await response.json()) as { subscribers: unknown[] }).subscribers.length
}

test('a page that goes before the server has added it is taken out again', async () => {
  const { promise: mayAdd, resolve: add } = Promise.withResolvers<void>()
  const answered: string[] = []
  const { fetch } = globalThis
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    // The request to add it is slower than the word that it has gone.
    if (path.endsWith('/pages')) await mayAdd
    const response = await fetch(new URL(path, server.url), init)
    answered.push(`${init.method} ${response.status}`)
    return response
  })
  const sharer = createStreamSharer()
  const stays = openPage(sharer, 'stays')
  await expect.poll(() => stays.heard.length).toBeGreaterThan(0)
  const goes = openPage(sharer, 'goes')
  goes.close()
  await expect.poll(() => answered).toContain('DELETE 404')
  add()
  await expect.poll(() => answered).toContain('POST 202')
  await expect.poll(watching).toBe(1)
  stays.close()
  await expect.poll(watching).toBe(0)
})
