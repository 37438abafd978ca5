import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { serveRawRequestLines, takeYourTime } from './raw-request-line.ts'

let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** A server on which time runs out at once. */
async function start(listener: RequestListener, times: { keepAliveTimeout?: number } = {}) {
  server = createServer(
    {
      headersTimeout: 50,
      requestTimeout: 50,
      keepAliveTimeout: 50,
      connectionsCheckingInterval: 20,
      ...times,
    },
    listener,
  )
  serveRawRequestLines(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
}

function open(bytes: string) {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(bytes))
  let text = ''
  socket.on('data', chunk => {
    text += chunk.toString('latin1')
  })
  return { socket, closed: once(socket, 'close').then(() => text) }
}

/** Resolves when node:http says that the time for a request is over. */
async function timeIsOver(): Promise<void> {
  for (;;) {
    const [error] = await once(server, 'clientError')
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return
  }
}

test('the time of the parser that gave up on a raw line does not run out on its answer', async () => {
  const over = Promise.withResolvers<void>()
  await start(async (_request, response) => {
    response.write('one ')
    await over.promise
    response.end('two')
  })
  const { closed } = open('GET /房间 HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await timeIsOver()
  over.resolve()
  const text = await closed
  expect(text).toMatch(/^HTTP\/1\.1 200 [\s\S]*one [\s\S]*two/)
  expect(text).not.toContain('408')
})

test('a body that is written as it is made may take its time; any other is refused with 408', async () => {
  await start(async (request, response) => {
    if (request.url === '/patient') takeYourTime(request)
    let body = ''
    try {
      for await (const bytes of request) body += bytes
      response.end(`got ${body}`)
    } catch {
      response.destroy()
    }
  })
  const head = (path: string) =>
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 4\r\n\r\nab`
  const patient = open(head('/patient'))
  await timeIsOver()
  patient.socket.write('cd')
  expect(await patient.closed).toContain('got abcd')

  const hasty = open(head('/hasty'))
  const text = await hasty.closed
  expect(text).toMatch(/^HTTP\/1\.1 408 /)
  expect(JSON.parse(text.slice(text.indexOf('{')))).toMatchObject({ success: false, code: 408 })
})

const HEAD = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'

test('a connection that says nothing is closed when its time is over', async () => {
  await start((_request, response) => response.end())
  expect(await open('').closed).toBe('')
})

test('a first line that trickles in is refused with 408 when its time is over, however often a byte comes', async () => {
  await start((_request, response) => response.end(), { keepAliveTimeout: 60_000 })
  const { socket, closed } = open('GET /')
  const trickle = setInterval(() => socket.write('a'), 5)
  socket.on('error', () => {})
  expect(await closed).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":408/)
  clearInterval(trickle)
})

test('a connection may be silent before its first byte for as long as between two requests', async () => {
  await start((_request, response) => response.end('hello'), { keepAliveTimeout: 60_000 })
  const silent = open('')
  await once(silent.socket, 'connect')
  // One that came later and began has run out of time.
  await open('GET /').closed
  silent.socket.write(HEAD)
  expect(await silent.closed).toMatch(/^HTTP\/1\.1 200 [\s\S]*hello/)
})

test('time in which the server was busy is not held against what lies in the socket', async () => {
  await start((_request, response) => response.end('hello'))
  const client = open('')
  await Promise.all([once(server, 'connection'), once(client.socket, 'connect')])
  client.socket.write(HEAD)
  const busy = performance.now()
  while (performance.now() - busy < 150);
  expect(await client.closed).toMatch(/^HTTP\/1\.1 200 [\s\S]*hello/)
})
