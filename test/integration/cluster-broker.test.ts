import pg from 'pg'
import { expect, test } from 'vitest'
import { startTestPair } from '../support/cluster.ts'
import { openTestStream, type TestStream } from '../support/events.ts'
import { eventually } from '../support/ports.ts'
import type { TestServer } from '../support/server.ts'

const { cluster, a, b } = await startTestPair()

async function call(at: TestServer, path: string) {
  const response = await fetch(at.url + path, { headers: { Authorization: `Bearer ${at.token}` } })
  return (await response.json()).result
}

const named = (name: string) => (event: { event?: string | undefined }) => event.event === name

async function connect(at: TestServer, uid: string, device: string, query = ''): Promise<TestStream> {
  // A token of one server is good at every other.
  const jwt = await call(a, `/token?uid=${uid}&ttl=60`)
  const stream = await openTestStream(`${at.url}/events?token=${jwt}&device=${device}${query}`)
  await stream.waitFor(named('sys_connected'))
  return stream
}

test('a send reaches devices of every server, once and in order, and counts them', async () => {
  const near = await connect(a, 'u1', 'near')
  const far = await connect(b, 'u1', 'far')
  await Promise.all(
    Array.from({ length: 60 }, async (_, i) => {
      expect(await call(i % 2 ? a : b, `/send?uid=u1&data=n${i}`)).toBe(2)
    }),
  )
  for (const stream of [near, far]) {
    const frames = (await stream.waitForCount(61)).slice(1)
    expect(frames.map(frame => Number(frame.id))).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
    stream.close()
  }
  // Both had everything, in the same order.
  expect(near.events.slice(1).map(({ data }) => data)).toEqual(far.events.slice(1).map(({ data }) => data))
})

test('a device goes on at another server, with what it missed', async () => {
  const first = await connect(a, 'u2', 'roaming')
  await call(b, '/send?device=roaming&data=one')
  await first.waitFor(event => event.data === 'one')
  const second = await connect(b, 'u2', 'roaming', '&id=0')
  await first.waitFor(named('sys_extrude_offline'))
  await first.ended
  expect((await second.waitForCount(2))[1]).toMatchObject({ id: '1', data: 'one' })
  second.close()
})

test('info and kick work across servers', async () => {
  const stream = await connect(b, 'u3', 'd3')
  expect(await call(a, '/info?device=d3')).toMatchObject({
    online: true,
    uid: 'u3',
    instance_address: new URL(b.url).host,
  })
  expect(await call(a, '/info')).toMatchObject({ instance_count: 2 })
  expect(await call(a, '/kick?uid=u3&data=enough')).toBe(1)
  expect((await stream.waitFor(named('sys_kick_offline'))).data).toBe('enough')
  await stream.ended
  expect(await call(b, '/info?device=d3')).toMatchObject({ online: false })
})

test('state changes come on go-sse-broker’s Redis channels; a user is online once, whatever the servers', async () => {
  const subscriber = cluster.redis.client()
  const heard: [string, Record<string, string>][] = []
  subscriber.on('message', (channel, text) => heard.push([channel, JSON.parse(text)]))
  const topics = ['user_online', 'user_offline', 'device_online', 'device_offline']
  await subscriber.subscribe(...topics.map(topic => `sse_topic_${topic}`))
  const one = await connect(a, 'u4', 'd41')
  const two = await connect(b, 'u4', 'd42')
  one.close()
  await eventually(() => expect(heard).toHaveLength(4))
  await call(a, '/kick?uid=u4&data=bye')
  await two.ended
  await eventually(() => expect(heard).toHaveLength(6))
  const changes = heard.map(([channel, { device, reason }]) => [
    channel.slice('sse_topic_'.length),
    device,
    reason,
  ])
  expect(changes).toEqual([
    ['user_online', 'd41', 'device_connected'],
    ['device_online', 'd41', 'device_connected'],
    ['device_online', 'd42', 'device_connected'],
    ['device_offline', 'd41', 'device_disconnect'],
    ['device_offline', 'd42', 'kick_offline'],
    ['user_offline', 'd42', 'kick_offline'],
  ])
  expect(heard[5]![1]).toEqual({
    uid: 'u4',
    device: 'd42',
    device_id: 'd42',
    trigger_time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    reason: 'kick_offline',
    payload: 'bye',
  })
})

test('with Redis away, sends, kicks and info still reach the other server’s devices, and nothing comes twice after', async () => {
  const stream = await connect(b, 'u5', 'd5')
  await cluster.redis.kill()
  await eventually(async () =>
    expect(await (await fetch(`${a.url}/readyz`)).json()).toMatchObject({ redis: 'away' }),
  )
  expect(await call(a, '/send?device=d5&data=first')).toBe(1)
  await stream.waitFor(event => event.data === 'first')
  await cluster.redis.start()
  await eventually(async () =>
    expect(await (await fetch(`${a.url}/readyz`)).json()).toMatchObject({ redis: 'ok' }),
  )
  expect(await call(a, '/send?device=d5&data=second')).toBe(1)
  await stream.waitFor(event => event.data === 'second')
  expect(stream.events.slice(1).map(({ id }) => id)).toEqual(['1', '2'])
  await cluster.redis.kill()
  expect(await call(a, '/kick?device=d5')).toBe(1)
  await stream.ended
  await cluster.redis.start()
})

test('a server that dies is cleared by the others, and its devices’ users are told offline', async () => {
  const third = await cluster.add()
  const monitor = await openTestStream(`${a.url}/api/v1/server/events`, {
    headers: { Authorization: `Bearer ${a.token}` },
  })
  await monitor.waitFor(named('server'))
  await connect(third, 'u6', 'd6')
  expect(await call(a, '/info?uid=u6')).toMatchObject({ online: true })
  await third.kill('SIGKILL')
  const isClear = (event: { event?: string | undefined; data: string }) =>
    event.event === 'state' && event.data.includes('instance_clear')
  const changes = await monitor.waitForCount(2, isClear)
  expect(changes.map(event => JSON.parse(event.data))).toMatchObject([
    { topic: 'device_offline', uid: 'u6', device: 'd6' },
    { topic: 'user_offline', uid: 'u6', device: 'd6' },
  ])
  expect(await call(b, '/info?uid=u6')).toMatchObject({ online: false })
  expect(await call(b, '/info')).toMatchObject({ instance_count: 2 })
  monitor.close()
})

test('a PostgreSQL that stood still strikes no server off: its devices stay', async () => {
  const stream = await connect(b, 'u8', 'd8')
  const client = new pg.Client({
    host: '127.0.0.1',
    port: cluster.postgres.port,
    user: 'postgres',
    database: 'test1',
  })
  await client.connect()
  const oldestSign = async () => {
    const { rows } = await client.query(
      'SELECT min(seen_at)::float AS seen, count(*)::int AS nodes FROM nodes',
    )
    return rows[0] as { seen: number; nodes: number }
  }
  cluster.postgres.freeze()
  // Run before anything else when it goes on: as if it had stood still for long.
  const aged = client.query('UPDATE nodes SET seen_at = 1')
  for (const server of [a, b]) {
    await eventually(async () =>
      expect(await (await fetch(`${server.url}/metrics`)).text()).toMatch(/_postgres_up 0$/m),
    )
  }
  cluster.postgres.thaw()
  await aged
  await eventually(async () => expect((await oldestSign()).seen).toBeGreaterThan(1))
  expect((await oldestSign()).nodes).toBe(2)
  await eventually(async () => expect(await call(a, '/send?device=d8&data=still')).toBe(1))
  await stream.waitFor(event => event.data === 'still')
  expect(stream.events.filter(named('sys_instance_close'))).toEqual([])
  stream.close()
  await client.end()
}, 60_000)

test('a server that was frozen, and so struck off, comes back: its devices return to it and go on', async () => {
  const third = await cluster.add()
  const stream = await connect(third, 'u7', 'd7')
  third.process.kill('SIGSTOP')
  await eventually(async () => expect(await call(a, '/info?device=d7')).toMatchObject({ online: false }))
  await call(a, '/send?device=d7&data=missed')
  third.process.kill('SIGCONT')
  await stream.waitFor(named('sys_instance_close'))
  await stream.ended
  const again = await connect(third, 'u7', 'd7', '&id=0')
  expect((await again.waitForCount(2))[1]).toMatchObject({ data: 'missed' })
  await eventually(async () => expect(await call(a, '/info')).toMatchObject({ instance_count: 3 }))
  again.close()
})
