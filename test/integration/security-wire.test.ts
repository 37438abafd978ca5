import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { isMeta, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openWire, parseAnswers, speak } from '../support/wire.ts'

/** What comes over a connection byte by byte: raw UTF-8 in any packets, and what is not quite HTTP. */

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())
afterEach(async () => {
  expect(server.process.exitCode).toBeNull()
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
})

const rawLine = (msg: string, method = 'GET') =>
  `${method} /api/v1/send/小明?token=${server.token}&msg=${msg} HTTP/1.1\r\nHost: localhost\r\n`
const HEALTH = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'
const answers = async (...packets: (string | Buffer)[]) => parseAnswers(await speak(server.url, ...packets))

describe('a request line with raw UTF-8', () => {
  const cut = (text: string, ...at: number[]) => {
    const bytes = Buffer.from(text)
    return [0, ...at].map((from, i) => bytes.subarray(from, at[i]))
  }

  test.each<[string, () => (string | Buffer)[]]>([
    ['in one packet', () => [`${rawLine('冲！冲刺！')}\r\n`]],
    ['cut within its plain beginning', () => cut(`${rawLine('冲！冲刺！')}\r\n`, 8)],
    [
      'cut within a character',
      () => cut(`${rawLine('冲！冲刺！')}\r\n`, Buffer.from(rawLine('')).indexOf(' HTTP') + 1),
    ],
    ['cut before its headers', () => [rawLine('冲！冲刺！'), 'Accept: */*\r\n', '\r\n']],
    ['cut within the empty line', () => [`${rawLine('冲！冲刺！')}\r`, '\n']],
    ['cut into many', () => cut(`${rawLine('冲！冲刺！')}\r\n`, 1, 4, 5, 30, 60, 61, 62, 90, 100, 101)],
    ['of HTTP/1.0', () => [`${rawLine('冲！冲刺！').replace('1.1', '1.0')}\r\n`]],
    ['in absolute form', () => [`${rawLine('冲！冲刺！').replace(' /api', ' http://localhost/api')}\r\n`]],
  ])('%s is served', async (_what, packets) => {
    const [answer, ...more] = await answers(...packets())
    expect(more).toEqual([])
    expect(answer!.status).toBe(202)
    expect(JSON.parse(answer!.body).event).toMatchObject({ speaker: '小明', data: { message: '冲！冲刺！' } })
    expect(answer!.headers.connection).toBe('close')
  })

  test.each([
    ['raw', '冲'.repeat(10_000)],
    ['percent-encoded', encodeURIComponent('冲'.repeat(10_000))],
    ['plain', 'x'.repeat(30_000)],
  ])('of some 30 KiB, %s, is served whole', async (_what, msg) => {
    const [answer] = await answers(`${rawLine(msg)}Connection: close\r\n\r\n`)
    expect(answer!.status).toBe(202)
    expect(JSON.parse(answer!.body).event.data.message).toBe(decodeURIComponent(msg))
  })

  test.each([
    ['a text over 32 KiB', 413, () => '冲'.repeat(11_000)],
    ['what is longer than any text', 431, () => '冲'.repeat(60_000)],
  ])('of %s is refused with %i', async (_what, status, msg) => {
    const [answer] = await answers(`${rawLine(msg())}Connection: close\r\n\r\n`)
    expect(answer!.status).toBe(status)
    expect(JSON.parse(answer!.body)).toMatchObject({ success: false, code: status })
  })

  test('behind others in one packet is answered after them, and in their order', async () => {
    const list = `GET /api/v1/rooms HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${server.token}\r\n\r\n`
    const post = `POST /api/v1/send HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${server.token}\r\nContent-Length: 27\r\n\r\n{"data":{"message":"GET "}}`
    for (const before of [HEALTH, HEALTH + list, list + HEALTH, list + list + list, post]) {
      const all = await answers(`${before}${rawLine('冲')}\r\n`)
      expect(all.map(({ status }) => status)).toEqual([
        ...before.match(/HTTP\/1\.1/g)!.map(() => (before.startsWith('POST') ? 202 : 200)),
        202,
      ])
      expect(JSON.parse(all.at(-1)!.body).event.data.message).toBe('冲')
    }
  })

  test('before others closes the connection: they are to be sent again', async () => {
    const all = await answers(`${rawLine('冲')}\r\n${HEALTH}${rawLine('刺')}\r\n`)
    expect(all.map(({ status, headers }) => [status, headers.connection])).toEqual([[202, 'close']])
  })

  test('later on a connection that is kept alive is served', async () => {
    const wire = openWire(server.url)
    await wire.send(HEALTH)
    await wire.until(text => text.includes('alive"}'))
    await wire.send(rawLine('冲'))
    await wire.send('\r\n')
    expect(parseAnswers(await wire.closed).map(({ status }) => status)).toEqual([200, 202])
  })

  test('of HEAD is answered without a body', async () => {
    const text = await speak(server.url, `${rawLine('冲', 'HEAD')}\r\n`)
    expect(text).toMatch(/^HTTP\/1\.1 202 /)
    expect(text.endsWith('\r\n\r\n')).toBe(true)
  })

  test('opens an event stream too, which lives as long as any other', async () => {
    const wire = openWire(server.url)
    await wire.send('GET /api/v1/events?label=客厅 HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await wire.until(text => text.includes('"type":"hello"'))
    await server.api('POST', '/rooms/lobby/messages', { data: { message: 'to the raw one' } })
    await wire.until(text => text.includes('to the raw one'))
    const { subscribers } = await (await server.api('GET', '/rooms/lobby/subscribers')).json()
    expect(subscribers.map(({ label }: { label: string }) => label)).toContain('客厅')
    wire.socket.destroy()
  })

  test('that lies about its host, or is not a request at all, is refused', async () => {
    for (const [packet, status] of [
      [`${rawLine('冲').replace('localhost', 'evil.example')}\r\n`, 403],
      [`${rawLine('冲').replace(' /api', ' http://evil.example/api')}\r\n`, 403],
      [`${rawLine('冲')}Host: evil.example\r\n\r\n`, 400],
      [`${rawLine('冲')}Content-Length: 1\r\n\r\nx`, 400],
      [`${rawLine('冲')}X: a\u0000b\r\n\r\n`, 400],
      [`${rawLine('冲')}no header\r\n\r\n`, 400],
      [`${rawLine('冲', 'POST')}\r\n`, 400],
    ] as const) {
      const [answer] = await answers(packet)
      expect(answer!.status, packet).toBe(status)
      expect(JSON.parse(answer!.body)).toMatchObject({ success: false, code: status })
    }
  })
})

describe('what is not quite HTTP', () => {
  const post = (headers: string, body = '') =>
    `POST /api/v1/send HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n${body}`
  const get = (headers: string, target = '/healthz') =>
    `GET ${target} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`

  test.each<[string, number, string]>([
    [
      'both Content-Length and Transfer-Encoding',
      400,
      post('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
    ],
    ['two Content-Lengths', 400, post('Content-Length: 2\r\nContent-Length: 3\r\n', '{}x')],
    ['a list of Content-Lengths', 400, post('Content-Length: 2, 2\r\n', '{}')],
    ['a negative Content-Length', 400, post('Content-Length: -1\r\n')],
    ['a Content-Length with a sign', 400, post('Content-Length: +2\r\n', '{}')],
    ['a coding after chunked', 400, post('Transfer-Encoding: chunked, gzip\r\n', '0\r\n\r\n')],
    ['an unknown transfer coding', 400, post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n')],
    ['a chunk that has no length', 400, post('Transfer-Encoding: chunked\r\n', 'ZZ\r\n')],
    ['a folded header', 400, get('Host: localhost\r\nX: a\r\n b\r\n')],
    ['a space before the colon', 400, get('Host : localhost\r\n')],
    ['no Host', 400, get('')],
    ['an empty Host', 400, get('Host:\r\n')],
    ['two Hosts', 400, get('Host: localhost\r\nHost: evil.example\r\n')],
    ['two Hosts in other letters', 400, get('Host: localhost\r\nhOST: localhost\r\n')],
    ['a list of Hosts', 400, get('Host: localhost, evil.example\r\n')],
    ['a Host with a user', 400, get('Host: localhost@evil.example\r\n')],
    ['a Host with two ports', 400, get('Host: localhost:80:90\r\n')],
    ['a target of another host', 403, get('Host: localhost\r\n', 'http://evil.example/api/v1/server')],
    ['a target of another host and another scheme', 400, get('Host: localhost\r\n', 'ftp://localhost/')],
    ['more headers than anybody sends', 400, get(`Host: localhost\r\n${'X: y\r\n'.repeat(300)}`)],
    ['headers without end', 431, get(`Host: localhost\r\n${'X: y\r\n'.repeat(30_000)}`)],
    ['an expectation that nobody knows', 417, post('Expect: magic\r\nContent-Length: 2\r\n', '{}')],
    ['a compressed body', 415, post('Content-Encoding: gzip\r\nContent-Length: 2\r\n', '{}')],
    ['CONNECT', 405, 'CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['TRACE of a page', 405, 'TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
    ['TRACE of a route', 405, 'TRACE /api/v1/rooms HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
    ['HTTP/2 without asking', 400, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['TLS', 400, '\u0016\u0003\u0001\n'],
    ['a method in small letters', 400, 'get / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ])('%s is refused with %i and the envelope', async (_what, status, packet) => {
    const all = await answers(Buffer.from(packet, 'latin1'))
    expect(all).toHaveLength(1)
    expect(all[0]!.status).toBe(status)
    const envelope = JSON.parse(all[0]!.body)
    expect(envelope).toMatchObject({ success: false, code: status, msg: expect.any(String) })
    expect(all[0]!.body).not.toMatch(/\.ts:\d|node_modules|at \w+ \(/)
    if (status === 405) expect(all[0]!.headers.allow).toMatch(/GET.*HEAD/)
  })

  test('the end of a connection within a line is refused, one without a byte is not answered', async () => {
    const half = openWire(server.url)
    await half.send('GET /heal')
    half.end()
    expect(parseAnswers(await half.closed)[0]!.status).toBe(400)
    const silent = openWire(server.url)
    silent.end()
    expect(await silent.closed).toBe('')
  })

  test('a refused HEAD has no body, as HTTP has it', async () => {
    const text = await speak(server.url, `HEAD /${'x'.repeat(200_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    expect(text).toMatch(/^HTTP\/1\.1 431 /)
    expect(text.endsWith('\r\n\r\n')).toBe(true)
  })

  test('bytes behind a request whose length is not told are refused after it is answered', async () => {
    // What node:http's own client sends for a DELETE with a body.
    const text = await speak(
      server.url,
      'DELETE /api/v1/rooms/lobby HTTP/1.1\r\nHost: localhost\r\n\r\n{"a":1}',
    )
    expect(parseAnswers(text).map(({ status }) => status)).toEqual([401, 400])
  })

  test('bytes that are sent into an open event stream do not come back in it', async () => {
    const wire = openWire(server.url)
    await wire.send('GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await wire.until(text => text.includes('"type":"hello"'))
    await wire.send('\u0001\u0002 nonsense\r\n\r\n')
    await server.api('POST', '/rooms/lobby/messages', { data: { message: 'after the nonsense' } })
    expect(await wire.until(text => text.includes('after the nonsense'))).not.toMatch(/HTTP\/1\.1 400/)
    wire.socket.destroy()
  })

  test.each([
    '/static/..%2f..%2f..%2f..%2fetc%2fpasswd',
    '/static/%2e%2e/%2e%2e/main/headless.js',
    '/static/../../main/headless.js',
    '/static/..%5c..%5cmain%5cheadless.js',
    '/static/..\\..\\main\\headless.js',
    '/static/%252e%252e%252fmain%252fheadless.js',
    '/static//etc/passwd',
    '/static/%00',
    '/static/.env',
    '/static/',
    '//evil.example/',
    '/..;/..;/etc/passwd',
    '/api/v1/assets/..%2f..%2fpackage.json',
    '/api/v1/themes/..%2f..%2fpackage.json/player',
    '/api/v1/themes/novel/assets/..%2f..%2fpackage.json',
    '/api/v1/themes/%2e%2e/assets/%2e%2e%2fpackage.json',
    '/api/v1/assets/%00',
  ])('the path %s leads nowhere, nor to another address', async path => {
    const [answer] = await answers(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    expect([400, 404]).toContain(answer!.status)
    expect(answer!.headers).not.toHaveProperty('location')
    expect(JSON.parse(answer!.body)).toMatchObject({ success: false })
  })
})

test('an upgrade is not made: the request is answered as if it had not been asked', async () => {
  const [answer] = await answers(
    'GET /healthz HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n',
  )
  expect(answer!.status).toBe(200)
})

test('OPTIONS is answered everywhere, and names what may be done', async () => {
  const ask = async (path: string) => {
    const answer = await fetch(server.url + path, { method: 'OPTIONS' })
    return [answer.status, answer.headers.get('allow')]
  }
  expect(await ask('/api/v1/rooms/lobby')).toEqual([204, 'DELETE, GET, PATCH, HEAD, OPTIONS'])
  expect(await ask('/api/v1/rooms/lobby/control')).toEqual([204, 'POST, OPTIONS'])
  expect(await ask('/admin')).toEqual([204, 'GET, HEAD, OPTIONS'])
  const [star] = await answers('OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  expect(star).toMatchObject({ status: 204, body: '' })
})

test('one stream that is cut does not take the others along', async () => {
  const stream = await openTestStream(`${server.url}/api/v1/events`)
  await stream.waitFor(isMeta('hello'))
  for (let round = 0; round < 20; round++) {
    const wire = openWire(server.url)
    await wire.send(`${HEALTH}${rawLine('冲')}`)
    wire.socket.resetAndDestroy()
  }
  await server.api('POST', '/rooms/lobby/messages', { data: { message: 'still here' } })
  await stream.waitFor(event => event.data.includes('still here'))
  stream.close()
})
