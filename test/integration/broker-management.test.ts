import { afterAll, beforeAll, expect, test } from 'vitest'
import { callBroker, connectDevice, deviceToken, named, unique } from '../support/broker.ts'
import { openTestStream } from '../support/events.ts'
import { eventually } from '../support/ports.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())

const call = (path: string, body?: unknown) => callBroker(server, path, body)
const connect = (uid: string, device: string, query = '') => connectDevice(server, uid, device, query)
const token = (uid: string, device = '') => deviceToken(server, uid, device)

test('the README’s requests: token, send, info and kick by GET and POST, in one envelope', async () => {
  const before = Math.floor(Date.now() / 1000)
  const got = await call('/token?uid=1965')
  const after = Math.ceil(Date.now() / 1000)
  expect(got).toEqual({ code: 1, msg: 'success', micro: expect.any(Number), result: expect.any(String) })
  const [head, claims] = (got.result as string)
    .split('.')
    .slice(0, 2)
    .map(part => JSON.parse(Buffer.from(part, 'base64url').toString()))
  expect(head.alg).toBe('HS256')
  expect(claims).toEqual({ uid: '1965', device_name: '', exp: expect.any(Number) })
  expect(claims.exp).toBeGreaterThanOrEqual(before + 30)
  expect(claims.exp).toBeLessThanOrEqual(after + 30)

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
