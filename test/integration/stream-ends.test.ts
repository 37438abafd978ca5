import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())

const streams = async (): Promise<number> =>
  (await (await server.api('GET', '/rooms/lobby/subscribers')).json()).subscribers.length

const ask = (method: string, path = '/api/v1/rooms/lobby/events') =>
  `${method} ${path} HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\n\r\n`

async function open() {
  const { hostname, port } = new URL(server.url)
  const socket = connect({ host: hostname, port: Number(port) })
  let text = ''
  socket.on('data', chunk => {
    text += chunk.toString('utf8')
  })
  await once(socket, 'connect')
  return { socket, text: () => text }
}

test('HEAD gets the head of a stream and no stream; the connection goes on', async () => {
  const { socket, text } = await open()
  socket.write(ask('HEAD'))
  await expect.poll(text).toMatch(/^HTTP\/1\.1 200[\s\S]*text\/event-stream[\s\S]*\r\n\r\n$/)
  await expect.poll(streams).toBe(0)
  socket.write(ask('GET', '/healthz'))
  await expect.poll(text).toMatch(/\r\n\r\nHTTP\/1\.1 200/)
  socket.destroy()
})

test('clients that go away before their stream has begun leave nothing behind', async () => {
  for (let i = 0; i < 50; i++) {
    const { socket } = await open()
    socket.write(ask('GET'))
    socket.destroy()
  }
  await expect.poll(streams).toBe(0)
})

test('a stream that was asked for behind another on one connection waits for its turn, and goes with the connection', async () => {
  const { socket, text } = await open()
  socket.write(ask('GET') + ask('GET', '/api/v1/rooms/lobby/events?label=behind'))
  await expect.poll(streams).toBe(2)
  expect((await server.api('POST', '/rooms/lobby/messages', { data: { message: 'once' } })).status).toBe(202)
  await expect.poll(() => text().split('"once"').length).toBe(2)
  expect(text().split('HTTP/1.1 200').length).toBe(2)
  socket.destroy()
  await expect.poll(streams).toBe(0)
})
