import { afterEach, expect, test, vi } from 'vitest'
import { createStreamSharer } from './stream-sharer.ts'
import type { ToWorker } from './worker-messages.ts'

afterEach(() => vi.unstubAllGlobals())

/** A server that opens streams and notes which pages were asked for. */
function createServer() {
  const asked: { path: string; pages: string[] }[] = []
  let push: (text: string) => void = () => {}
  let end = () => {}
  vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    const path = new URL(input instanceof Request ? input.url : input, 'http://sm.test').pathname
    const body = JSON.parse(String(init?.body)) as { pages?: { page: string }[]; page: string }
    asked.push({ path, pages: (body.pages ?? [body]).map(({ page }) => page) })
    if (path !== '/api/v1/streams') return new Response('{}')
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        push = text => controller.enqueue(new TextEncoder().encode(text))
        end = () => controller.close()
      },
    })
    return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
  })
  return {
    asked,
    send: (event: string, ...lines: string[]) =>
      push(`event: ${event}\n${lines.map(line => `data: ${line}\n`).join('')}\n`),
    drop: () => end(),
  }
}

/** Pages do not lock here, as on a LAN address. */
function openPage(sharer: ReturnType<typeof createStreamSharer>, page: string): void {
  const port = { postMessage: () => {}, close: () => {} } as unknown as MessagePort
  sharer.connect(port)
  const data: ToWorker = { type: 'open', request: { page, room: '' }, lock: null }
  port.onmessage?.({ data } as MessageEvent<ToWorker>)
}

test('a page that was told not to come back is not in the next stream either', async () => {
  const { asked, send, drop } = createServer()
  const sharer = createStreamSharer()
  for (const page of ['one', 'two']) openPage(sharer, page)
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  send('stream', '{"stream":"first"}')
  send('page', 'one', JSON.stringify({ event: 'meta', data: '{"type":"closed","reason":"kicked"}' }))
  send('ended', 'one')
  drop()
  await vi.waitFor(
    () => expect(asked.filter(({ path }) => path === '/api/v1/streams')).toHaveLength(2),
    5_000,
  )
  send('stream', '{"stream":"second"}')
  openPage(sharer, 'three')
  await vi.waitFor(() => expect(asked.at(-1)!.pages).toEqual(['three']))
  expect(asked.slice(1).map(({ pages }) => pages)).toEqual([['two'], ['three']])
})
