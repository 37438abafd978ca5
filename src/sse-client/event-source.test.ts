import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { EventSource } from './modern-event-source.ts'

/** In Node; what browsers add (CORS, cookies, workers) is tested in one: test/integration/sse-client-event-source.test.ts. */

let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

async function serve(
  answer: (response: ServerResponse, count: number, lastEventId: string | undefined) => void,
) {
  let count = 0
  server = createServer((request, response) =>
    answer(response, ++count, request.headers['last-event-id'] as string),
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const headers = { 'content-type': 'text/event-stream' }

it('opens, dispatches, reconnects with the last id, and closes at 204', async () => {
  const origin = await serve((response, count, lastEventId) => {
    if (count === 3) response.writeHead(204).end()
    else response.writeHead(200, headers).end(`retry:5\nid:${count}\nevent:tick\ndata:${lastEventId}\n\n`)
  })
  const source = new EventSource(`${origin}/?a#b`)
  expect([source.url, source.readyState, source.withCredentials]).toEqual([`${origin}/?a#b`, 0, false])
  const seen: unknown[] = []
  source.onopen = () => seen.push(['open', source.readyState])
  source.addEventListener('tick', event =>
    seen.push([event.data, event.lastEventId, event.origin, source.lastEventId]),
  )
  await new Promise<void>(resolve => {
    source.onerror = () => {
      seen.push(['error', source.readyState])
      if (source.readyState === EventSource.CLOSED) resolve()
    }
  })
  expect(seen).toEqual([
    ['open', 1],
    ['undefined', '1', origin, '1'],
    ['error', 0],
    ['open', 1],
    ['1', '2', origin, '2'],
    ['error', 0],
    ['error', 2],
  ])
  expect(source.reconnectionTime).toBe(5)
})

it('goes on trying when nobody answers, and waits longer each time', async () => {
  const times: number[] = []
  const origin = await serve((response, count) => {
    times.push(performance.now())
    if (count === 1) response.writeHead(200, headers).end('retry:20\n\n')
    else if (count < 6) response.destroy()
    else response.writeHead(200, headers).write('data:a\n\n')
  })
  const source = new EventSource(origin)
  const states: number[] = []
  source.onerror = () => states.push(source.readyState)
  await new Promise<void>(resolve => {
    source.onmessage = () => resolve()
  })
  source.close()
  expect(states).toEqual([0, 0, 0, 0, 0])
  // 20, 20, 40, 80, 160: no sooner.
  const waits = times.slice(1).map((time, index) => time - times[index]!)
  for (const [index, least] of [20, 20, 40, 80, 160].entries())
    expect(waits[index]).toBeGreaterThan(least - 2)
})

it('needs an absolute address where there is no page', () => {
  server = createServer()
  expect(() => new EventSource('/events')).toThrow(expect.objectContaining({ name: 'SyntaxError' }))
})
