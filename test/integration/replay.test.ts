import { afterAll, beforeAll, expect, test } from 'vitest'
import { isMessage, isMeta, openTestStream, textOf } from '../support/events.ts'
import { reportOf } from '../support/player-report.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())

let nextRoom = 0
async function makeRoom(): Promise<string> {
  const id = `room${nextRoom++}`
  expect((await server.api('POST', '/rooms', { id })).status).toBe(201)
  return id
}

async function send(room: string, message: string) {
  const response = await server.api('POST', `/rooms/${room}/messages`, { speaker: 'A', data: { message } })
  expect(response.status).toBe(202)
  return (await response.json()).message
}

const events = (room: string, query = '') => `${server.url}/api/v1/rooms/${room}/events${query}`

test('hello comes first, with the snapshot: the line on the screen, shown complete', async () => {
  const room = await makeRoom()
  await send(room, 'one')
  const last = await send(room, 'two')
  const stream = await openTestStream(events(room))
  const hello = JSON.parse((await stream.waitForCount(1))[0]!.data)
  expect(hello).toMatchObject({
    type: 'hello',
    room,
    exists: true,
    reset: false,
    last: last.id,
    snapshot: { current: { id: last.id }, queue: [] },
  })
  stream.close()
})

test('a Last-Event-ID of this epoch brings exactly what was missed, in order, then what comes live', async () => {
  const room = await makeRoom()
  const sent = []
  for (let i = 0; i < 20; i++) sent.push(await send(room, `m${i}`))
  const stream = await openTestStream(events(room), { headers: { 'Last-Event-ID': sent[4].id } })
  await send(room, 'live')
  const got = await stream.waitForCount(16, isMessage)
  expect(got.map(event => event.id)).toEqual([...sent.slice(5).map(m => m.id), got.at(-1)!.id])
  expect(textOf(got.at(-1)!)).toBe('live')
  stream.close()
})

test('an EventSource whose address names an id comes back with a newer one: nothing between them comes again', async () => {
  const room = await makeRoom()
  const [first, second] = [await send(room, 'one'), await send(room, 'two')]
  await send(room, 'three')
  const headers = { 'Last-Event-ID': second.id }
  const stream = await openTestStream(events(room, `?last_event_id=${first.id}`), { headers })
  expect(textOf(await stream.waitFor(isMessage))).toBe('three')
  stream.close()
})

test('neither a gap nor a repeat at the seam of replay and live, with a burst across it', async () => {
  const room = await makeRoom()
  const first = await send(room, 'first')
  let stop = false
  let count = 1
  const burst = (async () => {
    while (!stop) {
      await Promise.all([send(room, `n${count++}`), send(room, `n${count++}`), send(room, `n${count++}`)])
    }
  })()
  const streams = []
  for (let i = 0; i < 20; i++) {
    streams.push(await openTestStream(events(room, `?last_event_id=${first.id}`)))
  }
  stop = true
  await burst
  for (const stream of streams) {
    const got = await stream.waitForCount(count - 1, isMessage)
    const seqs = got.map(event => Number(event.id!.split('-')[1]))
    expect(seqs).toEqual(Array.from({ length: count - 1 }, (_, i) => i + 2))
    stream.close()
  }
})

test.each(['zzzzzzzz-3', 'nonsense', 'future'])(
  'an id this room never gave (%s) resets, with the snapshot',
  async id => {
    const room = await makeRoom()
    const last = await send(room, 'here')
    const asked = id === 'future' ? `${last.id.split('-')[0]}-999` : id
    const stream = await openTestStream(events(room, `?last_event_id=${asked}`))
    const hello = JSON.parse((await stream.waitFor(isMeta('hello'))).data)
    expect(hello).toMatchObject({ reset: true, snapshot: { current: { id: last.id } } })
    stream.close()
  },
)

test('since=all replays the whole history, since=now nothing', async () => {
  const room = await makeRoom()
  await send(room, 'old')
  const all = await openTestStream(events(room, '?since=all'))
  const now = await openTestStream(events(room, '?since=now'))
  await now.waitFor(isMeta('hello'))
  await send(room, 'new')
  expect((await all.waitForCount(2, isMessage)).map(textOf)).toEqual(['old', 'new'])
  expect((await now.waitForCount(1, isMessage)).map(textOf)).toEqual(['new'])
  expect(JSON.parse(now.events[0]!.data).snapshot).toBeNull()
  all.close()
  now.close()
})

test('a retracted line is gone from history and replay; who had it is told', async () => {
  const room = await makeRoom()
  const before = await send(room, 'before')
  const wrong = await send(room, 'wrong')
  expect((await server.api('DELETE', `/rooms/${room}/messages/${wrong.id}`)).status).toBe(204)
  const stream = await openTestStream(events(room, `?last_event_id=${before.id}`))
  const retract = await stream.waitFor(event => event.event === 'retract')
  expect(JSON.parse(retract.data)).toEqual({ message: wrong.id })
  expect(stream.events.filter(isMessage)).toEqual([])
  stream.close()
})

test('the same Idempotency-Key publishes once, however often and in whatever turn', async () => {
  const room = await makeRoom()
  const publish = () =>
    server
      .api('POST', `/rooms/${room}/messages`, { data: { message: 'once' } }, { 'Idempotency-Key': 'k1' })
      .then(response => response.json())
  const together = await Promise.all([publish(), publish(), publish()])
  const later = await publish()
  expect(new Set([...together, later].map(answer => answer.message.id)).size).toBe(1)
  const history = await (await server.api('GET', `/rooms/${room}/messages`)).json()
  expect(history.messages).toHaveLength(1)
})

test('lines sent while a player types wait in the snapshot’s queue', async () => {
  const room = await makeRoom()
  const player = await openTestStream(events(room))
  const hello = JSON.parse((await player.waitFor(isMeta('hello'))).data)
  const shown = await send(room, 'shown')
  await send(room, 'waits')
  await server.api(
    'POST',
    `/rooms/${room}/subscribers/${hello.subscriber}/report`,
    reportOf({ state: 'typing', showing: shown.id, waiting: 1 }),
  )
  const late = await openTestStream(events(room))
  const { snapshot } = JSON.parse((await late.waitFor(isMeta('hello'))).data)
  expect(snapshot.current.id).toBe(shown.id)
  expect(snapshot.queue.map((m: { data: { message: string } }) => m.data.message)).toEqual(['waits'])
  player.close()
  late.close()
})

test.each([
  ['1,000 lines', 1_000, ''],
  ['60 lines that are as long as may be', 60, 'x'.repeat(32_000)],
])('a page that opens onto a queue of %s gets each, in order', async (_what, count, long) => {
  const room = await makeRoom()
  const player = await openTestStream(events(room))
  const hello = JSON.parse((await player.waitFor(isMeta('hello'))).data)
  const shown = await send(room, 'shown')
  await server.api(
    'POST',
    `/rooms/${room}/subscribers/${hello.subscriber}/report`,
    reportOf({ state: 'typing', showing: shown.id }),
  )
  const expected = Array.from({ length: count }, (_, index) => `w${index}${long}`)
  for (let at = 0; at < count; at += 100)
    await Promise.all(expected.slice(at, at + 100).map(message => send(room, message)))
  const sent = (await player.waitForCount(count + 1, isMessage)).slice(1).map(textOf)
  const late = await openTestStream(events(room))
  const { data } = await late.waitFor(isMeta('hello'))
  // A stream for which 1 MiB waits is dropped, and would come back to the same.
  expect(data.length).toBeLessThan(256 * 1024)
  const { snapshot, last } = JSON.parse(data)
  expect(snapshot.current.id).toBe(shown.id)
  const waiting = snapshot.queue.map((m: { data: { message: string } }) => m.data.message)
  expect(last).toBe(snapshot.queue.at(-1).id)
  const rest = await late.waitForCount(count - waiting.length, isMessage)
  expect([...waiting, ...rest.map(textOf)]).toEqual(sent)
  expect([...sent].sort()).toEqual([...expected].sort())
  player.close()
  late.close()
})

test('kill -9 in the middle of a burst of 1,000 sends loses nothing that was answered with 202, and repeats nothing', async () => {
  const own = await startTestServer()
  const stream = await openTestStream(`${own.url}/api/v1/events`)
  const hello = JSON.parse((await stream.waitFor(isMeta('hello'))).data)
  const accepted: string[] = []
  let next = 0
  // Twenty at a time, so that the kill comes in the middle whatever the speed of the machine.
  const publishers = Array.from({ length: 20 }, async () => {
    while (next < 1_000) {
      try {
        const response = await own.api('POST', '/rooms/lobby/messages', { data: { message: `n${next++}` } })
        if (response.status === 202) accepted.push((await response.json()).message.id)
      } catch {
        // Cut off by the kill: not accepted.
        return
      }
    }
  })
  await stream.waitForCount(200, isMessage)
  await own.kill('SIGKILL')
  await Promise.all(publishers)
  await stream.ended
  expect(accepted.length).toBeLessThan(1_000)

  const again = await own.restart()
  const lastSeen = stream.events.filter(isMessage).at(-1)!.id!
  const [epoch, seen] = lastSeen.split('-')
  const resumed = await openTestStream(`${again.url}/api/v1/events`, {
    headers: { 'Last-Event-ID': lastSeen },
  })
  await again.api('POST', '/rooms/lobby/messages', { data: { message: 'end' } })
  await resumed.waitFor(event => isMessage(event) && textOf(event) === 'end')
  expect(JSON.parse(resumed.events[0]!.data)).toMatchObject({ reset: false, epoch: hello.epoch })
  const ids = [...stream.events, ...resumed.events].filter(isMessage).map(event => event.id!)
  expect(ids).toEqual(ids.map((_, i) => `${epoch}-${i + 1}`))
  for (const id of accepted) expect(ids).toContain(id)
  expect(Number(seen)).toBeGreaterThanOrEqual(200)
  resumed.close()
  await again.dispose()
})

test('a room made anew under an old name begins at the beginning: its lines wait, its box is seen', async () => {
  const room = await makeRoom()
  for (let i = 0; i < 5; i++) await send(room, `old${i}`)
  for (const action of ['hide', 'pause', 'clear'])
    expect((await server.api('POST', `/rooms/${room}/control`, { action })).status).toBe(202)
  expect((await server.api('DELETE', `/rooms/${room}`)).status).toBe(204)
  expect((await server.api('POST', '/rooms', { id: room })).status).toBe(201)
  const watching = await openTestStream(events(room))
  await watching.waitFor(isMeta('hello'))
  const lines = ['new0', 'new1', 'new2']
  for (const line of lines) await send(room, line)
  expect((await watching.waitForCount(3, isMessage)).map(textOf)).toEqual(lines)
  const late = await openTestStream(events(room))
  const { snapshot } = JSON.parse((await late.waitFor(isMeta('hello'))).data)
  expect(snapshot).toMatchObject({ current: null, visible: true, paused: false })
  expect(snapshot.queue.map(({ data }: { data: { message: string } }) => data.message)).toEqual(lines)
  watching.close()
  late.close()
})

test('a player that tells of a line which was never sent moves nothing', async () => {
  const room = await makeRoom()
  const watching = await openTestStream(events(room))
  const { subscriber, epoch } = JSON.parse((await watching.waitFor(isMeta('hello'))).data)
  await send(room, 'one')
  const report = (showing: string) =>
    server.api(
      'POST',
      `/rooms/${room}/subscribers/${subscriber}/report`,
      reportOf({ showing, state: 'complete' }),
    )
  expect((await report(`${epoch}-999999`)).status).toBe(204)
  await send(room, 'two')
  const late = await openTestStream(events(room))
  const { snapshot } = JSON.parse((await late.waitFor(isMeta('hello'))).data)
  expect(snapshot.current).toBeNull()
  expect(snapshot.queue.map(({ data }: { data: { message: string } }) => data.message)).toEqual([
    'one',
    'two',
  ])
  watching.close()
  late.close()
})
