import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyText } from '../support/any-text.ts'
import { isMessage, isMeta, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const RUNS = Number(process.env.FUZZ_RUNS ?? 150)

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())

/** Sends raw bytes. @returns what came until the server closed the connection, or was silent for a moment. */
function speak(bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(server.url)
  return new Promise(resolve => {
    let text = ''
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.end(bytes))
    socket.on('data', chunk => {
      text += chunk.toString('latin1')
    })
    socket.on('error', () => resolve(text))
    socket.on('close', () => resolve(text))
  })
}

async function stillServes(): Promise<void> {
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  expect(server.process.exitCode).toBeNull()
}

const NO_ANSWER_IS_500 = /^HTTP\/1\.1 (?:[1234]\d\d|50[37])/

const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/)
const target = fc.oneof(
  fc.constantFrom(
    '/',
    '/api/v1/send/A?msg=x',
    '/api/v1/events',
    '/healthz',
    '/api/v1/rooms/lobby/messages',
    '//',
    '/%',
    '*',
  ),
  anyText({ maxLength: 60 }).map(text => `/${text.replace(/[\r\n]/g, '')}`),
)
const header = fc.tuple(
  fc.oneof(
    fc.constantFrom('Host', 'Content-Length', 'Transfer-Encoding', 'Expect', 'Last-Event-ID', 'Range'),
    token,
  ),
  anyText({ maxLength: 40 }),
)
const request = fc
  .tuple(
    fc.oneof(fc.constantFrom('GET', 'POST', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'), token),
    target,
    fc.constantFrom('1.1', '1.0', '2.0', '9'),
    fc.array(header, { maxLength: 6 }),
    fc.uint8Array({ maxLength: 80 }),
  )
  .map(([method, url, version, headers, body]) =>
    Buffer.concat([
      Buffer.from(`${method} ${url} HTTP/${version}\r\nConnection: close\r\n`),
      Buffer.from(headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')),
      Buffer.from('\r\n'),
      body,
    ]),
  )

test('requests that are almost HTTP, and bytes that are not, never end the server nor get a 500', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        { weight: 4, arbitrary: request },
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map(Buffer.from) },
      ),
      async bytes => {
        const answer = await speak(bytes)
        if (answer !== '') expect(answer).toMatch(NO_ANSWER_IS_500)
      },
    ),
    { numRuns: RUNS },
  )
  await stillServes()
})

const ROUTES: [method: string, path: string][] = [
  ['POST', '/api/v1/send'],
  ['POST', '/api/v1/rooms'],
  ['PATCH', '/api/v1/rooms/lobby'],
  ['POST', '/api/v1/rooms/lobby/messages'],
  ['POST', '/api/v1/rooms/lobby/control'],
  ['POST', '/api/v1/rooms/lobby/typing'],
  ['POST', '/api/v1/rooms/lobby/subscribers/x/report'],
  ['POST', '/api/v1/streams/x/pages'],
  ['POST', '/api/v1/auth/login'],
  ['POST', '/api/v1/auth/refresh'],
]

const FIELDS = [
  'id',
  'name',
  'speaker',
  'data',
  'message',
  'meta',
  'label',
  'token',
  'room',
  'settings',
  'action',
  'page',
  '__proto__',
  'constructor',
]
const json = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(fc.constantFrom(...FIELDS), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 }),
)

test('any JSON to any route is answered with the envelope, never with a 500', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ROUTES), json, async ([method, path], value) => {
      const response = await fetch(server.url + path, {
        method,
        headers: { Authorization: `Bearer ${server.token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(value),
      })
      const text = await response.text()
      expect(response.status, `${method} ${path} ${JSON.stringify(value)}: ${text}`).not.toBe(500)
      if (text !== '' && response.status >= 400) {
        expect(JSON.parse(text)).toMatchObject({ success: false, code: response.status })
      }
    }),
    { numRuns: RUNS },
  )
  await stillServes()
})

test('any text survives: what is sent is what a subscriber and the history have, byte for byte', async () => {
  const stream = await openTestStream(`${server.url}/api/v1/rooms/lobby/events?since=now`)
  await stream.waitFor(isMeta('hello'))
  await fc.assert(
    fc.asyncProperty(anyText({ maxLength: 300 }), fc.jsonValue(), async (message, meta) => {
      const response = await server.api('POST', '/rooms/lobby/messages', { data: { message }, meta })
      expect(response.status).toBe(202)
      const { id } = (await response.json()).message
      const event = await stream.waitFor(one => isMessage(one) && one.id === id)
      const { messages } = await (await server.api('GET', '/rooms/lobby/messages?limit=1')).json()
      // -0 has no JSON of its own.
      const sent = JSON.parse(JSON.stringify({ message, meta }))
      for (const got of [JSON.parse(event.data), messages[0]]) {
        expect({ message: got.data.message, meta: got.meta }).toEqual(sent)
      }
    }),
    { numRuns: RUNS },
  )
  stream.close()
})
