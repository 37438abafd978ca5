import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect as connectTo, type NetConnectOpts } from 'node:net'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStream, type TestStream } from '../support/events.ts'
import { eventually } from '../support/ports.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { BROKER_HEARTBEAT: '1', BROKER_FRAMES: '5' } })
})
afterAll(() => server.dispose())

interface Envelope {
  code: number
  msg: string
  micro: number
  result: unknown
}

/** @returns the envelope of a management call with the server's token. */
async function call(path: string, body?: unknown, at = server): Promise<Envelope> {
  const response = await fetch(at.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Authorization: `Bearer ${at.token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(response.status).toBe(200)
  return response.json() as Promise<Envelope>
}

const token = async (uid: string, device = '') =>
  (await call('/token', { uid, device, ttl: 60 })).result as string

let names = 0
/** A name that no other test uses. */
const unique = (base: string) => `${base}-${++names}`

const named = (name: string) => (event: { event?: string | undefined }) => event.event === name

async function connect(uid: string, device: string, query = ''): Promise<TestStream> {
  const jwt = await token(uid)
  const stream = await openTestStream(
    `${server.url}/events?token=${jwt}&device=${encodeURIComponent(device)}${query}`,
  )
  expect(stream.response.status).toBe(200)
  await stream.waitFor(named('sys_connected'))
  return stream
}

test('the README’s requests: token, send, info and kick by GET and POST, in one envelope', async () => {
  const got = await call('/token?uid=1965')
  expect(got).toEqual({ code: 1, msg: 'success', micro: expect.any(Number), result: expect.any(String) })
  const [head, claims] = (got.result as string)
    .split('.')
    .slice(0, 2)
    .map(part => JSON.parse(Buffer.from(part, 'base64url').toString()))
  expect(head.alg).toBe('HS256')
  expect(claims).toEqual({ uid: '1965', device_name: '', exp: expect.any(Number) })
  expect(claims.exp - Date.now() / 1000).toBeGreaterThan(25)
  expect(claims.exp - Date.now() / 1000).toBeLessThan(31)

  const posted = await call('/token', { uid: '1986', device: 'my computer 1' })
  expect(
    JSON.parse(Buffer.from((posted.result as string).split('.')[1]!, 'base64url').toString()),
  ).toMatchObject({
    uid: '1986',
    device_name: 'my computer 1',
  })

  const one = await connect('1935', 'ax001')
  const two = await connect('1936', 'ax002')
  expect(await call('/send?uid=1935&data=hello')).toMatchObject({ code: 1, result: 1 })
  expect(await call('/send', { device: 'ax001,ax002', event: 'custom-event', data: 'hello' })).toMatchObject({
    code: 1,
    result: 2,
  })
  const frames = await one.waitForCount(3)
  expect(frames.slice(1)).toMatchObject([
    { id: '1', data: 'hello' },
    { id: '2', event: 'custom-event', data: 'hello' },
  ])
  expect(await two.waitFor(named('custom-event'))).toMatchObject({ id: '1' })

  expect((await call('/info', { uid: '1935' })).result).toMatchObject({
    online: true,
    uid: '1935',
    login_time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    devices: [
      {
        device_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        device_name: 'ax001',
        uid: '1935',
        instance_address: new URL(server.url).host,
        device_address: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        last_frame_id: 2,
      },
    ],
  })
  expect(await call('/kick?uid=1935,1936')).toMatchObject({ code: 1, result: 2 })
  await Promise.all([one.ended, two.ended])
  expect((await call('/info?uid=1935')).result).toEqual({
    online: false,
    uid: '',
    login_time: '',
    last_touch_time: '',
    devices: [],
  })
})

test('bodies may be JSON, a form or multipart; another type is 415, a broken one 400, an empty uid 400', async () => {
  const headers = { Authorization: `Bearer ${server.token}` }
  const post = async (body: RequestInit['body'], extra: Record<string, string> = {}) =>
    (
      await fetch(`${server.url}/token`, { method: 'POST', headers: { ...headers, ...extra }, body: body! })
    ).json()
  const form = new FormData()
  form.set('uid', '试 u')
  expect(await post(form)).toMatchObject({ code: 1 })
  expect(await post(new URLSearchParams({ uid: 'u', ttl: '5' }))).toMatchObject({ code: 1 })
  expect(await post('{"uid": 1986}', { 'Content-Type': 'application/json' })).toMatchObject({ code: 1 })
  expect(await post('<uid/>', { 'Content-Type': 'text/xml' })).toMatchObject({ code: 415, result: null })
  expect(await post('{"uid":', { 'Content-Type': 'application/json' })).toMatchObject({ code: 400 })
  expect(await post('broken', { 'Content-Type': 'multipart/form-data; boundary=x' })).toMatchObject({
    code: 400,
  })
  expect(await post('{}', { 'Content-Type': 'application/json' })).toMatchObject({ code: 400 })
  expect(await call('/send?data=')).toMatchObject({ code: 400 })
  expect(await call('/kick')).toMatchObject({ code: 400, msg: expect.stringContaining('uid') })
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
})

test('another method is 405, with the envelope too', async () => {
  const response = await fetch(`${server.url}/send`, { method: 'DELETE' })
  expect(response.status).toBe(405)
  expect(await response.json()).toMatchObject({ code: 405, result: null })
})

test('without a token, or with one that may not, nothing is let in', async () => {
  for (const path of ['/token?uid=1', '/send?data=x', '/info', '/kick?uid=1']) {
    const response = await fetch(server.url + path)
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({
      code: 401,
      msg: expect.stringContaining('BROKER_OPEN_ON_LOOPBACK=true'),
      result: null,
    })
  }
  const proxied = await fetch(`${server.url}/info`, { headers: { 'X-Forwarded-For': '203.0.113.9' } })
  expect((await proxied.json()).msg).not.toContain('BROKER_OPEN_ON_LOOPBACK')
})

test('a device’s token: by query or header; missing, expired, forged or another device’s is 401', async () => {
  const device = unique('d')
  const jwt = await token('u1', device)
  const stream = await openTestStream(`${server.url}/events`, {
    headers: { 'X-SSE-Token': jwt, 'X-SSE-Device': device },
  })
  expect(stream.response.status).toBe(200)
  await stream.waitFor(named('sys_connected'))
  stream.close()
  const forged = `${jwt.slice(0, -3)}AAA`
  const none = Buffer.from('{"alg":"none"}').toString('base64url')
  for (const query of [
    '',
    `token=${jwt}`,
    `device=${device}`,
    `token=${jwt}&device=other`,
    `token=${forged}&device=${device}`,
    `token=${none}.${jwt.split('.')[1]}.&device=${device}`,
    `token=${server.token}&device=${device}`,
  ]) {
    expect((await fetch(`${server.url}/events?${query}`)).status).toBe(401)
  }
  const short = (await call('/token', { uid: 'u1', ttl: 1 })).result
  await eventually(async () => {
    const late = await fetch(`${server.url}/events?token=${short}&device=${device}`, { method: 'POST' })
    await late.body?.cancel()
    expect(late.status).toBe(401)
  })
})

test('ids count per device and go on over reconnects; an id brings what came after it, from the cache', async () => {
  const [uid, device] = [unique('u'), unique('手机')]
  const first = await connect(uid, device)
  for (let i = 1; i <= 3; i++) await call('/send', { device, data: `n${i}` })
  await first.waitForCount(4)
  first.close()
  await eventually(async () =>
    expect((await call('/info', { device })).result).toMatchObject({ online: false }),
  )
  // Away: nobody is counted, the frames are kept.
  for (let i = 4; i <= 8; i++) expect((await call('/send', { device, data: `n${i}` })).result).toBe(0)
  const second = await connect(uid, device, '&id=6')
  await call('/send', { device, data: 'live' })
  const frames = await second.waitForCount(4)
  expect(frames.slice(1).map(({ id, data }) => [id, data])).toEqual([
    ['7', 'n7'],
    ['8', 'n8'],
    ['9', 'live'],
  ])
  second.close()
  await eventually(async () =>
    expect((await call('/info', { device })).result).toMatchObject({ online: false }),
  )
  // All that the cache holds: five frames here.
  const third = await connect(uid, device, '&id=1')
  const cached = await third.waitForCount(6)
  expect(cached.slice(1).map(({ id }) => id)).toEqual(['5', '6', '7', '8', '9'])
  third.close()
})

test('a device that reads slowly gets all that it missed, however much, and what comes meanwhile', async () => {
  const many = await startTestServer({ env: { BROKER_FRAMES: '200' } })
  const jwt = (await call('/token', { uid: 'slow' }, many)).result as string
  const url = `${many.url}/events?token=${jwt}&device=slow`
  const first = await openTestStream(url)
  await first.waitFor(named('sys_connected'))
  first.close()
  await expect
    .poll(async () => (await call('/info?device=slow', undefined, many)).result)
    .toMatchObject({ online: false })
  const long = 'x'.repeat(100_000)
  for (let index = 0; index < 150; index++)
    await call('/send', { device: 'slow', data: `${index} ${long}` }, many)

  const { hostname, port } = new URL(many.url)
  const socket = connectTo({ host: hostname, port: Number(port), highWaterMark: 1024 } as NetConnectOpts)
  socket.pause()
  socket.write(`GET /events?token=${jwt}&device=slow&id=0 HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`)
  await expect
    .poll(async () => (await call('/info?device=slow', undefined, many)).result)
    .toMatchObject({ online: true })
  for (let index = 150; index < 160; index++)
    await call('/send', { device: 'slow', data: `${index} ${long}` }, many)
  let text = ''
  socket.on('data', bytes => {
    text += bytes.toString('latin1')
  })
  socket.resume()
  const got = () => [...text.matchAll(/data: (\d+) x/g)].map(match => Number(match[1]))
  await expect.poll(got, { timeout: 20_000 }).toEqual(Array.from({ length: 160 }, (_, index) => index))
  socket.destroy()
  await many.dispose()
})

test('a device whose frames could not be read does not count as here', async () => {
  const [uid, device] = [unique('u'), unique('d')]
  const isAway = () =>
    eventually(async () => expect((await call('/info', { device })).result).toMatchObject({ online: false }))
  const first = await connect(uid, device)
  await call('/send', { device, data: 'n1' })
  first.close()
  await isAway()
  const database = new Database(join(server.dataDir, 'streaming-message.db'))
  database.exec('ALTER TABLE broker_frames RENAME TO away')
  const { status } = await fetch(`${server.url}/events?token=${await token(uid)}&device=${device}`)
  database.exec('ALTER TABLE away RENAME TO broker_frames')
  database.close()
  expect(status).toBe(500)
  await isAway()
})

test('a browser’s Last-Event-ID counts where it is newer than the address’ id', async () => {
  const [uid, device] = [unique('u'), unique('d')]
  const first = await connect(uid, device)
  for (let i = 1; i <= 3; i++) await call('/send', { device, data: `n${i}` })
  await first.waitForCount(4)
  first.close()
  const stream = await openTestStream(
    `${server.url}/events?token=${await token(uid)}&device=${device}&id=1`,
    {
      headers: { 'Last-Event-ID': '2' },
    },
  )
  expect((await stream.waitForCount(2)).slice(1).map(({ id }) => id)).toEqual(['3'])
  stream.close()
})

test('the same device again pushes the older stream out; another user’s device of that name begins without its cache', async () => {
  const [uid, device] = [unique('u'), unique('d')]
  const older = await connect(uid, device)
  await call('/send', { device, data: 'secret' })
  const newer = await connect(uid, device)
  expect((await older.waitFor(named('sys_extrude_offline'))).data).toMatch(/^127\.0\.0\.1:\d+$/)
  await older.ended
  await call('/send', { device, data: 'to the newer' })
  await newer.waitFor(event => event.data === 'to the newer')
  expect(older.events.some(event => event.data === 'to the newer')).toBe(false)
  const other = await connect(unique('u'), device, '&id=0')
  await newer.ended
  await call('/send', { device, data: 'mine' })
  expect((await other.waitForCount(2)).slice(1).map(({ data }) => data)).toEqual(['mine'])
  other.close()
})

test('users have several devices; lists unite users and devices, and everybody is everybody', async () => {
  const [one, two] = [unique('u'), unique('u')]
  const streams = [
    await connect(one, unique('d')),
    await connect(one, unique('d')),
    await connect(two, unique('d')),
  ]
  const third = unique('x')
  streams.push(await connect(unique('u'), third))
  expect((await call('/send', { uid: one, data: 'a' })).result).toBe(2)
  expect((await call('/send', { uid: `${one}, ${two}`, device: third, data: 'b' })).result).toBe(4)
  const info = (await call('/info')).result as { user_count: number; device_count: number }
  expect((await call('/send', { data: 'c' })).result).toBe(info.device_count)
  for (const stream of streams) await stream.waitFor(event => event.data === 'c')
  expect(streams.map(stream => stream.events.slice(1).map(({ data }) => data))).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
    ['b', 'c'],
    ['b', 'c'],
  ])
  expect(info).toMatchObject({
    instance_count: 1,
    instances: [{ online: true, address: new URL(server.url).host, device_count: info.device_count }],
  })
  for (const key of ['address', 'ip']) {
    expect((await call('/info', { [key]: '127.0.0.1' })).result).toMatchObject({ online: true })
  }
  expect((await call('/info?address=10.9.9.9')).result).toMatchObject({ online: false, device_count: 0 })
  for (const stream of streams) stream.close()
})

test('a kick tells why, then ends the stream; a text of several lines and any script survives a send', async () => {
  const device = unique('d')
  const stream = await connect(unique('u'), device)
  const data = 'zwei\nZeilen\r\n三行 😀'
  await call('/send', { device, data })
  await stream.waitFor(event => event.data === 'zwei\nZeilen\n三行 😀')
  expect(await call('/kick', { device, data: 'go away' })).toMatchObject({ result: 1 })
  expect((await stream.waitFor(named('sys_kick_offline'))).data).toBe('go away')
  await stream.ended
  expect(await call('/kick', { device })).toMatchObject({ code: 1, result: 0 })
  expect(await call('/send', { device, event: 'a\nb', data: 'x' })).toMatchObject({ code: 400 })
})

test('a heartbeat comes as a comment, and is what last_touch_time tells of', async () => {
  const device = unique('d')
  const stream = await connect(unique('u'), device)
  const touched = async () =>
    (await call('/info', { device })).result as { last_touch_time: string; login_time: string }
  await eventually(() => expect(stream.comments.map(one => one.trim())).toContain('heartbeat'))
  await eventually(async () => {
    const { last_touch_time, login_time } = await touched()
    expect(last_touch_time > login_time).toBe(true)
  })
  stream.close()
})

/** The check that docs/scaling.md gives to receivers. */
const [, snippet] = /(function isGenuine[\s\S]+?\n})\n```/.exec(
  readFileSync(resolve(import.meta.dirname, '../../docs/scaling.md'), 'utf8'),
)!
const isGenuine = new Function('createHmac', 'timingSafeEqual', `return ${snippet}`)(
  createHmac,
  timingSafeEqual,
) as (secret: string, headers: IncomingMessage['headers'], body: string) => boolean

test('a webhook that was not taken is delivered after a restart, once and with its own id', async () => {
  const first = await startTestServer()
  const calls: { id: string; uid: string }[] = []
  let isWell = false
  const receiver = createServer(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += chunk
    calls.push({ id: String(req.headers['webhook-id']), uid: JSON.parse(body).data.uid })
    res.writeHead(isWell ? 204 : 503).end()
  })
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  const added = await first.api('POST', '/webhooks', { url: `http://127.0.0.1:${port}/hook` })
  expect(added.status).toBe(201)
  const jwt = (await call('/token', { uid: 'aki', device: '', ttl: 60 }, first)).result as string
  const stream = await openTestStream(`${first.url}/events?token=${jwt}&device=phone`)
  await stream.waitFor(named('sys_connected'))
  await eventually(() => expect(new Set(calls.map(({ id }) => id)).size).toBe(2))
  const refused = new Set(calls.map(({ id }) => id))
  await first.kill('SIGTERM')
  stream.close()

  calls.length = 0
  isWell = true
  const second = await first.restart()
  await eventually(() => {
    const taken = calls.map(({ id }) => id).filter(id => refused.has(id))
    expect(taken.toSorted()).toEqual([...refused].toSorted())
  })
  await second.dispose()
  receiver.close()
})

test('state changes come on the server’s event stream and as webhooks, signed and retried', async () => {
  const received: { headers: IncomingMessage['headers']; body: string }[] = []
  let refusals = 2
  const receiver = createServer(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += chunk
    if (refusals-- > 0) res.writeHead(500).end()
    else {
      received.push({ headers: req.headers, body })
      res.writeHead(204).end()
    }
  })
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  const hook = await (await server.api('POST', '/webhooks', { url: `http://127.0.0.1:${port}/hook` })).json()
  expect(hook.webhook.secret).toMatch(/^whsec_/)
  const monitor = await openTestStream(`${server.url}/api/v1/server/events`, {
    headers: { Authorization: `Bearer ${server.token}` },
  })
  await monitor.waitFor(named('server'))

  const [uid, device] = [unique('u'), unique('d')]
  const stream = await connect(uid, device)
  await call('/kick', { device, data: 'bye' })
  const states = (await monitor.waitForCount(4, named('state'))).map(event => JSON.parse(event.data))
  const expected = [
    { topic: 'user_online', reason: 'device_connected' },
    { topic: 'device_online', reason: 'device_connected' },
    { topic: 'device_offline', reason: 'kick_offline', payload: 'bye' },
    { topic: 'user_offline', reason: 'kick_offline', payload: 'bye' },
  ]
  expect(states).toMatchObject(expected.map(one => ({ ...one, uid, device, device_id: device })))
  await eventually(() => expect(received).toHaveLength(4))
  const types = received.map(({ body }) => JSON.parse(body).type).sort()
  expect(types).toEqual(expected.map(one => one.topic).sort())
  for (const { headers, body } of received) {
    expect(isGenuine(hook.webhook.secret, headers, body)).toBe(true)
    expect(
      isGenuine(hook.webhook.secret, headers, body.replace('true', 'false').replace(uid, 'mallory')),
    ).toBe(false)
    expect(isGenuine(`whsec_${'A'.repeat(32)}`, headers, body)).toBe(false)
    expect(isGenuine(hook.webhook.secret, { ...headers, 'webhook-timestamp': '1' }, body)).toBe(false)
    expect(JSON.parse(body).data).toMatchObject({ uid, device })
  }
  const listed = await (await server.api('GET', '/webhooks')).json()
  expect(listed.webhooks).toMatchObject([{ url: hook.webhook.url }])
  expect(listed.webhooks[0].secret).toBeUndefined()
  expect((await server.api('DELETE', `/webhooks/${hook.webhook.id}`)).status).toBe(204)
  expect((await server.api('POST', '/webhooks', { url: 'file:///etc/passwd' })).status).toBe(400)
  monitor.close()
  stream.close()
  receiver.close()
})

test('the same device from many connections at once: one stays, and every one that leaves is told', async () => {
  const [uid, device] = [unique('u'), unique('d')]
  const jwt = await token(uid)
  const streams = await Promise.all(
    Array.from({ length: 20 }, () => openTestStream(`${server.url}/events?token=${jwt}&device=${device}`)),
  )
  expect((await call('/send', { device, data: 'who is it' })).result).toBe(1)
  await eventually(() => {
    const got = streams.filter(stream => stream.events.some(event => event.data === 'who is it'))
    expect(got).toHaveLength(1)
  })
  expect(streams.filter(stream => stream.events.some(named('sys_extrude_offline'))).length).toBeGreaterThan(0)
  for (const stream of streams) stream.close()
})

test('a server that stops says so to its devices and to those who watch; one that was killed is cleared at its next start', async () => {
  const own = await startTestServer()
  const jwt = (await call('/token', { uid: 'u' }, own)).result
  const open = async (at: TestServer) => {
    const stream = await openTestStream(`${at.url}/events?token=${jwt}&device=d`)
    await stream.waitFor(named('sys_connected'))
    return stream
  }
  const stream = await open(own)
  const again = await own.restart()
  await stream.waitFor(named('sys_instance_close'))
  await stream.ended
  expect((await call('/info?device=d', undefined, again)).result).toMatchObject({ online: false })

  await open(again)
  await again.kill()
  const third = await startTestServer({ dataDir: again.dataDir })
  expect((await call('/info?device=d', undefined, third)).result).toMatchObject({ online: false })
  expect((await call('/info', undefined, third)).result).toMatchObject({ instance_count: 1, device_count: 0 })
  await third.dispose()
})

test('management calls need no token on this machine where the owner says so, unless a page from elsewhere or a proxy asks', async () => {
  const own = await startTestServer({ env: { BROKER_OPEN_ON_LOOPBACK: 'true' } })
  const status = async (headers: Record<string, string>) =>
    (await fetch(`${own.url}/token?uid=1`, { headers })).status
  expect(await status({})).toBe(200)
  expect(await status({ Origin: 'http://localhost:3000' })).toBe(200)
  expect(await status({ Origin: 'https://evil.example' })).toBe(401)
  expect(await status({ 'X-Forwarded-For': '203.0.113.9' })).toBe(401)
  expect(await status({ 'Sec-Fetch-Site': 'cross-site' })).toBe(401)
  await own.dispose()
})

test('a message for more users and devices than one statement has room for reaches those that there are', async () => {
  const [uid, device] = [unique('uid'), unique('device')]
  const stream = await openTestStream(
    `${server.url}/events?token=${await token(uid)}&device=${encodeURIComponent(device)}`,
  )
  await stream.waitFor(named('sys_connected'))
  const others = (mark: string) => Array.from({ length: 17_000 }, (_, i) => `${mark}${i.toString(36)}`).join()
  const target = { uid: `${others('u')},${uid}`, device: others('d') }
  expect(await call('/send', { data: 'to all of you', event: 'crowd', ...target })).toMatchObject({
    code: 1,
    result: 1,
  })
  expect((await stream.waitFor(named('crowd'))).data).toBe('to all of you')
  expect(await call('/kick', target)).toMatchObject({ code: 1, result: 1 })
  await stream.ended
})
