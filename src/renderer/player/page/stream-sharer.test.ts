import { afterEach, expect, test, vi } from 'vitest'
import { createStreamSharer } from './stream-sharer.ts'
import type { ToPage, ToWorker } from './worker-messages.ts'

afterEach(() => vi.unstubAllGlobals())

/** What the server says to a page that is added to an open stream. */
let answerJoin: () => Promise<Response> = async () => new Response('{}')
afterEach(() => {
  answerJoin = async () => new Response('{}')
})

/** A server that opens streams and notes which pages were asked for. */
function createServer() {
  const asked: { path: string; pages: string[] }[] = []
  let push: (text: string) => void = () => {}
  let end = () => {}
  vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    const path = new URL(input instanceof Request ? input.url : input, 'http://sm.test').pathname
    const body = JSON.parse(String(init?.body)) as { pages?: { page: string }[]; page: string }
    asked.push({ path, pages: (body.pages ?? [body]).map(({ page }) => page) })
    if (path !== '/api/v1/streams') return answerJoin()
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
function openPage(sharer: ReturnType<typeof createStreamSharer>, page: string): ToPage[] {
  const told: ToPage[] = []
  const port = {
    postMessage: (message: ToPage) => told.push(message),
    close: () => {},
  } as unknown as MessagePort
  sharer.connect(port)
  const data: ToWorker = { type: 'open', request: { page, room: '' }, lock: null }
  port.onmessage?.({ data } as MessageEvent<ToWorker>)
  return told
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

test.each([404, 409])(
  'an answer %i about a stream that has ended says nothing of the next one',
  async status => {
    const { asked, send, drop } = createServer()
    const sharer = createStreamSharer()
    const streams = () => asked.filter(({ path }) => path === '/api/v1/streams')
    openPage(sharer, 'one')
    await vi.waitFor(() => expect(streams()).toHaveLength(1))
    send('stream', '{"stream":"first"}')
    let answer: (response: Response) => void = () => {}
    const answered = new Promise<Response>(resolve => {
      answer = resolve
    })
    answerJoin = () => answered
    const told = openPage(sharer, 'two')
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    drop()
    await vi.waitFor(() => expect(streams()).toHaveLength(2), 5_000)
    send('stream', '{"stream":"second"}')
    answer(new Response('{"success":false}', { status }))
    await vi.waitFor(() => expect(told.some(({ type }) => type === 'connection')).toBe(true))
    send('page', 'two', JSON.stringify({ event: 'meta', data: '{"type":"presence"}' }))
    await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ type: 'event' }))
    expect(told.map(({ type }) => type)).not.toContain('refused')
    // Nothing more was asked for: the stream that is open has both pages.
    await vi.waitFor(() => expect(streams()).toHaveLength(2))
    expect(streams()[1]!.pages).toEqual(['one', 'two'])
  },
)
