import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'

/** A stranger of the LAN who wants the server to be busy with them alone. */

const lanAddress = Object.values(networkInterfaces())
  .flat()
  .find(one => one && !one.internal && one.family === 'IPv4')?.address

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { HOST: '0.0.0.0', MAX_STREAMS_PER_ADDRESS: '20' } })
})
afterAll(() => server.dispose())

const port = () => Number(new URL(server.url).port)

test('thousands of connections that say nothing, or hardly anything, leave room for the owner', async () => {
  if (!lanAddress) throw new Error('this machine has no address but loopback: a stranger can’t be played')
  const sockets: Socket[] = []
  let closed = 0
  let opened = 0
  await Promise.all(
    Array.from({ length: 1_500 }, (_, at) => {
      const socket = connect({ host: lanAddress, port: port(), localAddress: lanAddress })
      sockets.push(socket)
      socket.on('error', () => {})
      return new Promise<void>(resolve => {
        socket.on('connect', () => {
          opened++
          if (at % 2 === 0) socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')
          resolve()
        })
        socket.on('close', () => {
          closed++
          resolve()
        })
      })
    }),
  )
  await expect.poll(() => closed).toBe(1_500 - 220)
  expect(opened).toBeGreaterThan(220)
  const owner = await fetch(`http://127.0.0.1:${port()}/api/v1/rooms`, {
    headers: { Authorization: `Bearer ${server.token}` },
  })
  expect(owner.status).toBe(200)

  // Whoever closes one may open another.
  for (const socket of sockets) socket.destroy()
  await expect
    .poll(() =>
      fetch(`http://${lanAddress}:${port()}/healthz`).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200)
})

test('a body that would become a gigabyte is not unpacked', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a'))
  for (const path of [
    '/api/v1/send',
    '/api/v1/rooms/lobby/messages',
    '/api/v1/rooms/lobby/stream',
    '/api/v1/assets',
  ])
    for (const coding of ['gzip', 'GZIP', 'br', 'deflate', 'gzip, gzip', 'x-gzip']) {
      const answer = await fetch(server.url + path, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${server.token}`,
          'Content-Type': 'application/json',
          'Content-Encoding': coding,
        },
        body: bomb,
      })
      expect(answer.status, `${path} ${coding}`).toBe(415)
      expect(await answer.json()).toMatchObject({ success: false, code: 415 })
    }
})

test.each([
  ['deep arrays', `{"data":{"message":"x"},"meta":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['deep objects', `{"data":{"message":"x"},"meta":${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}}`],
  ['deep and never closed', '['.repeat(200_000)],
])('%s are refused', async (_what, body) => {
  const answer = await server.api('POST', '/rooms/lobby/messages', body)
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ success: false, code: 400 })
})

test('names that are every object’s own change nothing but themselves', async () => {
  const body =
    '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"data":{"message":"x"}}'
  expect((await server.api('POST', '/rooms/lobby/messages', body)).status).toBeLessThan(500)
  const meta = '{"data":{"message":"x","__proto__":{"polluted":1}},"meta":{"__proto__":{"polluted":1}}}'
  const answer = await server.api('POST', '/rooms/lobby/messages', meta)
  expect(answer.status).toBe(202)
  const plain = await server.api('GET', '/auth/me')
  expect(await plain.text()).not.toMatch(/polluted|"admin":/)
  for (const id of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const room = await server.api('GET', `/rooms/${id}`)
    expect([400, 404], id).toContain(room.status)
    const made = await server.api('POST', '/rooms', { id: id.replaceAll('_', '') })
    expect([201, 400], id).toContain(made.status)
  }
})

test.each([
  ['a parameter that comes twice', '/api/v1/send/x?msg=a&msg=b&token='],
  ['a token that comes twice', '/api/v1/send/x?msg=a&token=wrong&token='],
  ['a room that comes twice', '/api/v1/send/x?msg=a&room=lobby&room=other&token='],
])('%s is refused, not chosen from', async (_what, path) => {
  const answer = await fetch(server.url + path + server.token)
  expect(answer.status).toBe(400)
  const text = await answer.text()
  expect(JSON.parse(text)).toMatchObject({ success: false, code: 400 })
  expect(text).not.toContain(server.token)
})

test('text that is no text is refused or mended, and what goes out is always well formed', async () => {
  const send = (body: Buffer | string) =>
    fetch(`${server.url}/api/v1/rooms/lobby/messages`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${server.token}`, 'Content-Type': 'application/json' },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    })
  // Overlong, surrogates as bytes, beyond U+10FFFF, cut short.
  for (const bytes of [
    [0xc0, 0xaf],
    [0xe0, 0x80, 0xaf],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe5, 0x86],
  ]) {
    const body = Buffer.concat([Buffer.from('{"data":{"message":"'), Buffer.from(bytes), Buffer.from('"}}')])
    const answer = await send(body)
    expect(answer.status, bytes.join(' ')).toBe(400)
    expect(await answer.json()).toMatchObject({ error: 'bad-json' })
  }
  for (const escaped of ['\\ud800', '\\udc00\\ud800', 'a\\u0000b']) {
    const answer = await send(`{"data":{"message":"${escaped}"}}`)
    expect([202, 400], escaped).toContain(answer.status)
    new TextDecoder('utf-8', { fatal: true }).decode(await answer.arrayBuffer())
  }
  expect((await send('{"speaker":"a\\u0000b","data":{"message":"x"}}')).status).toBe(400)
})
