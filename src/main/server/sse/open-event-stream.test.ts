import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createParser } from '../../../sse-client/index.ts'
import { type OpenEventStream, openEventStream } from './open-event-stream.ts'

let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

async function serve(
  handler: (stream: OpenEventStream, req: IncomingMessage, res: ServerResponse) => void,
  path = '/',
) {
  server = createServer((req, res) => handler(openEventStream(req, res), req, res))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
}

async function readAll(response: Response) {
  const events: { type: string; data: string; id: string | undefined }[] = []
  const comments: string[] = []
  const retries: number[] = []
  const parser = createParser({
    onEvent: ({ type, data, id }) => void events.push({ type, data, id }),
    onComment: comment => void comments.push(comment),
    onRetry: ms => void retries.push(ms),
  })
  for await (const chunk of response.body!) parser.push(chunk)
  return { events, comments, retries }
}

test('events, comments and retry arrive as they were sent', async () => {
  const url = await serve(stream => {
    stream.retry(3_000)
    stream.comment('hello\nthere')
    stream.publish({ event: 'AAPL', id: '7', data: '92.607347' })
    stream.publish({ data: 'two\nlines\r\nand\rmore' })
    stream.publish({ data: '' })
    stream.close()
  })
  const response = await fetch(url)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(response.headers.get('cache-control')).toContain('no-cache')
  expect(response.headers.get('x-accel-buffering')).toBe('no')
  expect(await readAll(response)).toEqual({
    events: [
      { type: 'AAPL', id: '7', data: '92.607347' },
      { type: 'message', id: undefined, data: 'two\nlines\nand\nmore' },
      { type: 'message', id: undefined, data: '' },
    ],
    comments: ['hello there'],
    retries: [3_000],
  })
})

test('a Cache-Control of the caller’s stays', async () => {
  server = createServer((req, res) => {
    res.setHeader('Cache-Control', 'no-store')
    openEventStream(req, res).close()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  expect(response.headers.get('cache-control')).toBe('no-store')
})

test('the head goes out before the first event', async () => {
  const streams: OpenEventStream[] = []
  const url = await serve(stream => void streams.push(stream))
  const response = await fetch(url)
  expect(response.status).toBe(200)
  streams[0]!.close()
  expect(await readAll(response)).toMatchObject({ events: [] })
})

test.each([
  ['the header', '/', { 'Last-Event-ID': 'a-1' }, 'a-1'],
  ['the query', '/?last_event_id=b-2', {}, 'b-2'],
  ['neither', '/', {}, ''],
])('lastEventId comes from %s', async (_where, path, headers, expected) => {
  const url = await serve(stream => {
    stream.publish({ data: `[${stream.lastEventId}]` })
    stream.close()
  }, path)
  expect((await readAll(await fetch(url, { headers }))).events[0]!.data).toBe(`[${expected}]`)
})

test('a forged field is refused', async () => {
  const errors: unknown[] = []
  const url = await serve(stream => {
    for (const event of [
      { event: 'a\ndata: x', data: '' },
      { id: 'a\r1', data: '' },
      { id: 'a\0', data: '' },
    ]) {
      try {
        stream.publish(event)
      } catch (error) {
        errors.push(error)
      }
    }
    stream.close()
  })
  expect((await readAll(await fetch(url))).events).toEqual([])
  expect(errors).toHaveLength(3)
  for (const error of errors) expect(error).toBeInstanceOf(TypeError)
})

test('closed resolves when the client goes, and publishing says false from then on', async () => {
  const done = Promise.withResolvers<boolean>()
  const url = await serve(stream => {
    stream.publish({ data: 'x' })
    stream.closed.then(() => done.resolve(stream.publish({ data: 'late' })))
  })
  const abort = new AbortController()
  await fetch(url, { signal: abort.signal })
  abort.abort()
  expect(await done.promise).toBe(false)
})

test('publish says false for a client that does not read, and cuts it off at 1 MiB', async () => {
  const counted = Promise.withResolvers<number>()
  const url = await serve(stream => {
    let accepted = 0
    const data = 'x'.repeat(16 * 1024)
    const pump = setInterval(() => {
      for (let i = 0; i < 100 && stream.publish({ data }); i++) accepted++
      stream.publish({ data })
    })
    stream.closed.then(() => {
      clearInterval(pump)
      counted.resolve(accepted)
    })
  })
  const { port } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.pause()
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  expect(await counted.promise).toBeGreaterThan(0)
  socket.destroy()
})

test('HTTP/1.0 clients get the stream without chunks', async () => {
  const url = await serve(stream => {
    stream.publish({ data: 'plain' })
    stream.close()
  })
  const { port } = new URL(url)
  const text = await new Promise<string>(resolve => {
    let received = ''
    const socket = connect(Number(port), '127.0.0.1', () => socket.write('GET / HTTP/1.0\r\n\r\n'))
    socket.on('data', chunk => {
      received += chunk
    })
    socket.on('close', () => resolve(received))
  })
  expect(text).not.toContain('Transfer-Encoding')
  expect(text.split('\r\n\r\n')[1]).toBe('data: plain\n\n')
})
