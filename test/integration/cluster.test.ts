import { expect, test } from 'vitest'
import { roomMaker, startTestPair } from '../support/cluster.ts'
import { isMessage, isMeta, openTestStream, type TestStream, textOf } from '../support/events.ts'
import { reportOf } from '../support/player-report.ts'
import { eventually } from '../support/ports.ts'
import type { TestServer } from '../support/server.ts'

const { a, b } = await startTestPair()
const makeRoom = roomMaker(a)

async function send(server: TestServer, room: string, message: string) {
  const response = await server.api('POST', `/rooms/${room}/messages`, { speaker: 'A', data: { message } })
  expect(response.status).toBe(202)
  return response.json()
}

const listen = (server: TestServer, room: string, query = '') =>
  openTestStream(`${server.url}/api/v1/rooms/${room}/events${query}`)

const authorised = (server: TestServer) => ({ headers: { Authorization: `Bearer ${server.token}` } })

/** The stream has begun: hello has come. */
async function helloOf(stream: TestStream) {
  return JSON.parse((await stream.waitFor(isMeta('hello'))).data)
}

test('the set-up link of one server is good at every other, for one account', async () => {
  const code = /\/admin\/setup#(\S+)/.exec(a.output())![1]!
  const setUp = (server: TestServer, username: string) =>
    fetch(`${server.url}/api/v1/auth/setup`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code, username, password: 'a good password' }),
    })
  expect((await setUp(b, 'one')).status).toBe(201)
  expect((await setUp(a, 'two')).status).toBe(409)
  expect((await setUp(b, 'three')).ok).toBe(false)
})

test('what is published on one server reaches the streams of all, once and in one order', async () => {
  const room = await makeRoom()
  const streams = [await listen(a, room), await listen(b, room), await listen(b, room)]
  for (const stream of streams) await helloOf(stream)
  await Promise.all(Array.from({ length: 200 }, (_, i) => send(i % 2 ? a : b, room, `n${i}`)))
  for (const stream of streams) {
    const events = await stream.waitForCount(200, isMessage)
    expect(events.map(event => Number(event.id!.split('-')[1]))).toEqual(
      Array.from({ length: 200 }, (_, i) => i + 1),
    )
    stream.close()
  }
  const texts = streams.map(stream => stream.events.filter(isMessage).map(textOf))
  expect(texts[1]).toEqual(texts[0])
  expect(texts[2]).toEqual(texts[0])
})

test('the answer to a publisher counts the streams of all servers', async () => {
  const room = await makeRoom()
  const streams = [await listen(a, room), await listen(b, room)]
  await eventually(async () => expect((await send(a, room, 'x')).streams).toBe(2))
  for (const stream of streams) stream.close()
})

test('a stream that breaks off goes on at another server, without a gap or a repeat', async () => {
  const room = await makeRoom()
  const first = await listen(a, room)
  await helloOf(first)
  for (let i = 0; i < 5; i++) await send(b, room, `n${i}`)
  const last = (await first.waitForCount(5, isMessage)).at(-1)!.id!
  first.close()
  for (let i = 5; i < 10; i++) await send(a, room, `n${i}`)
  const second = await listen(b, room, `?last_event_id=${last}`)
  await send(a, room, 'n10')
  const events = await second.waitForCount(6, isMessage)
  expect(events.map(textOf)).toEqual(['n5', 'n6', 'n7', 'n8', 'n9', 'n10'])
  second.close()
})

test('a retry that reaches another server publishes once, even at the same time', async () => {
  const room = await makeRoom()
  const publish = (server: TestServer, key: string) =>
    server
      .api('POST', `/rooms/${room}/messages`, { data: { message: key } }, { 'Idempotency-Key': key })
      .then(response => response.json())
  for (let i = 0; i < 10; i++) {
    const answers = await Promise.all([publish(a, `k${i}`), publish(b, `k${i}`)])
    expect(answers[0].message.id).toBe(answers[1].message.id)
  }
})

test('settings, controls and what is being typed reach the players of every server', async () => {
  const room = await makeRoom()
  const stream = await listen(b, room)
  await helloOf(stream)
  expect((await a.api('PATCH', `/rooms/${room}`, { settings: { typewriter: { charMs: 7 } } })).status).toBe(
    200,
  )
  const settings = await stream.waitFor(isMeta('settings'))
  expect(JSON.parse(settings.data).settings.typewriter.charMs).toBe(7)
  await send(a, room, 'line')
  await a.api('POST', `/rooms/${room}/control`, { action: 'clear' })
  await a.api('POST', `/rooms/${room}/typing`, { speaker: 'A', text: 'so' })
  await stream.waitFor(isMeta('typing'))
  const order = stream.events.filter(event => isMessage(event) || event.event === 'control')
  expect(order.map(event => event.event ?? 'message')).toEqual(['message', 'control'])
  // The other server's next change builds on the first.
  const changed = await b.api('PATCH', `/rooms/${room}`, { settings: { typewriter: { cjkWeight: 3 } } })
  expect((await changed.json()).room.settings.typewriter).toMatchObject({ charMs: 7, cjkWeight: 3 })
  stream.close()
})

test('controllers are counted, and players listed, over all servers', async () => {
  const room = await makeRoom()
  const player = await listen(b, room, '?label=far')
  await helloOf(player)
  const controller = await openTestStream(
    `${a.url}/api/v1/rooms/${room}/events?role=controller`,
    authorised(a),
  )
  await player.waitFor(event => isMeta('presence')(event) && JSON.parse(event.data).controllers === 1)
  const players = await controller.waitFor(
    event => isMeta('players')(event) && JSON.parse(event.data).players.length === 1,
  )
  expect(JSON.parse(players.data).players[0].label).toBe('far')
  const listed = await (await a.api('GET', `/rooms/${room}/subscribers`)).json()
  expect(listed).toMatchObject({ controllers: 1, subscribers: [{ label: 'far' }] })
  controller.close()
  await player.waitFor(event => isMeta('presence')(event) && JSON.parse(event.data).controllers === 0)
  player.close()
})

test('a player’s report and a kick reach its stream through any server', async () => {
  const room = await makeRoom()
  const player = await listen(b, room)
  const { subscriber } = await helloOf(player)
  const { message } = await send(a, room, 'shown')
  await send(a, room, 'waits')
  const report = reportOf({ state: 'complete', showing: message.id, waiting: 1 })
  const path = `/rooms/${room}/subscribers/${subscriber}`
  expect((await a.api('POST', `${path}/report`, report)).status).toBe(204)
  for (const server of [a, b]) {
    await eventually(async () => {
      const late = await listen(server, room)
      const { snapshot } = await helloOf(late)
      late.close()
      expect(snapshot.current?.id).toBe(message.id)
      expect(snapshot.queue).toHaveLength(1)
    })
  }
  expect((await a.api('DELETE', path)).status).toBe(204)
  expect(JSON.parse((await player.waitFor(isMeta('closed'))).data).reason).toBe('kicked')
  await player.ended
  await eventually(async () => expect((await a.api('DELETE', path)).status).toBe(404))
})

test('pages of a shared stream are added through any server', async () => {
  const room = await makeRoom()
  const stream = await openTestStream(`${b.url}/api/v1/streams`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ pages: [] }),
  })
  const { stream: id } = JSON.parse((await stream.waitFor(event => event.event === 'stream')).data)
  const added = await fetch(`${a.url}/api/v1/streams/${id}/pages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ page: 'p1', room }),
  })
  expect(added.status).toBe(202)
  await stream.waitFor(event => event.event === 'page' && event.data.includes('hello'))
  await send(a, room, 'to the page')
  await stream.waitFor(event => event.event === 'page' && event.data.includes('to the page'))
  expect((await fetch(`${a.url}/api/v1/streams/${id}/pages/p1`, { method: 'DELETE' })).status).toBe(204)
  expect((await fetch(`${a.url}/api/v1/streams/${id}/pages/p1`, { method: 'DELETE' })).status).toBe(404)
  stream.close()
})

test('a room made on one server is there on the other; deleted, its streams end everywhere', async () => {
  const early = await listen(b, 'tocome')
  expect(await helloOf(early)).toMatchObject({ exists: false })
  await a.api('POST', '/rooms', { id: 'tocome' })
  await early.ended
  const stream = await listen(b, 'tocome')
  expect(await helloOf(stream)).toMatchObject({ exists: true })
  await a.api('DELETE', '/rooms/tocome')
  expect(JSON.parse((await stream.waitFor(isMeta('closed'))).data).reason).toBe('room-deleted')
  await stream.ended
  expect((await b.api('GET', '/rooms/tocome')).status).toBe(404)
})

test('a room deleted and made anew begins at 1 again on every server', async () => {
  for (let round = 0; round < 2; round++) {
    await a.api('POST', '/rooms', { id: 'phoenix' })
    const stream = await listen(b, 'phoenix')
    await helloOf(stream)
    await send(a, 'phoenix', `round ${round}`)
    const event = await stream.waitFor(isMessage)
    expect(textOf(event)).toBe(`round ${round}`)
    expect(event.id).toMatch(/-1$/)
    expect((await b.api('DELETE', '/rooms/phoenix')).status).toBe(204)
    await stream.ended
  }
})

test('two servers that change one speaker at once keep both changes', async () => {
  const { speaker } = await (await a.api('POST', '/speakers', { name: '小夜' })).json()
  for (let round = 1; round <= 20; round++) {
    const color = `#0000${String(round).padStart(2, '0')}`
    const answers = await Promise.all([
      a.api('PATCH', `/speakers/${speaker.id}`, { color }),
      b.api('PATCH', `/speakers/${speaker.id}`, { speed: round / 10 }),
    ])
    expect(answers.map(answer => answer.status)).toEqual([200, 200])
    const { speakers } = await (await b.api('GET', '/speakers')).json()
    expect(speakers.find((one: { id: string }) => one.id === speaker.id)).toMatchObject({
      color,
      speed: round / 10,
    })
  }
})
