import { connect as connectTo, type NetConnectOpts } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callBroker, connectDevice, deviceToken, named, unique } from '../support/broker.ts'
import { openTestStream } from '../support/events.ts'
import { eventually } from '../support/ports.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { BROKER_HEARTBEAT: '1', BROKER_FRAMES: '5' } })
})
afterAll(() => server.dispose())

const call = (path: string, body?: unknown) => callBroker(server, path, body)
const connect = (uid: string, device: string, query = '') => connectDevice(server, uid, device, query)
const token = (uid: string, device = '') => deviceToken(server, uid, device)

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
  const jwt = (await callBroker(many, '/token', { uid: 'slow' })).result as string
  const url = `${many.url}/events?token=${jwt}&device=slow`
  const first = await openTestStream(url)
  await first.waitFor(named('sys_connected'))
  first.close()
  await expect
    .poll(async () => (await callBroker(many, '/info?device=slow')).result)
    .toMatchObject({ online: false })
  const long = 'x'.repeat(100_000)
  for (let index = 0; index < 150; index++)
    await callBroker(many, '/send', { device: 'slow', data: `${index} ${long}` })

  const { hostname, port } = new URL(many.url)
  const socket = connectTo({ host: hostname, port: Number(port), highWaterMark: 1024 } as NetConnectOpts)
  socket.pause()
  socket.write(`GET /events?token=${jwt}&device=slow&id=0 HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`)
  await expect
    .poll(async () => (await callBroker(many, '/info?device=slow')).result)
    .toMatchObject({ online: true })
  for (let index = 150; index < 160; index++)
    await callBroker(many, '/send', { device: 'slow', data: `${index} ${long}` })
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
