import { expect, test } from 'vitest'
import { roomMaker, startTestPair } from '../support/cluster.ts'
import { isMessage, isMeta, openTestStream, type TestStream, textOf } from '../support/events.ts'
import { reportOf } from '../support/player-report.ts'
import { eventually } from '../support/ports.ts'
import type { TestServer } from '../support/server.ts'

const { cluster, a, b } = await startTestPair()
const makeRoom = roomMaker(a)

const send = async (server: TestServer, room: string, message: string) =>
  expect((await server.api('POST', `/rooms/${room}/messages`, { data: { message } })).status).toBe(202)
const control = async (server: TestServer, room: string, action: string) => {
  const response = await server.api('POST', `/rooms/${room}/control`, { action })
  expect(response.status).toBe(202)
  return response.json()
}
async function listen(server: TestServer, room: string): Promise<TestStream> {
  const stream = await openTestStream(`${server.url}/api/v1/rooms/${room}/events`)
  await stream.waitFor(isMeta('hello'))
  return stream
}
const redisIs = (server: TestServer, state: string) =>
  eventually(async () =>
    expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({ redis: state }),
  )

/** Lines and controls in the order in which they came. */
const told = (stream: TestStream) =>
  stream.events
    .filter(event => isMessage(event) || event.event === 'control')
    .map(event => (isMessage(event) ? textOf(event) : JSON.parse(event.data).action))

/** What a page is told that opens now. */
async function stageAt(server: TestServer, room: string) {
  const stream = await listen(server, room)
  stream.close()
  return JSON.parse(stream.events.find(isMeta('hello'))!.data).stage
}

test('controls of all servers come once and at the same place among the lines, on every server', async () => {
  const room = await makeRoom()
  const streams = [await listen(a, room), await listen(b, room)]
  const actions = ['next', 'pause', 'resume', 'skip', 'hide', 'show']
  await Promise.all(
    Array.from({ length: 60 }, (_, i) => {
      const server = i % 2 ? a : b
      return i % 3 ? send(server, room, `n${i}`) : control(server, room, actions[i % actions.length]!)
    }),
  )
  for (const stream of streams) await eventually(() => expect(told(stream)).toHaveLength(60))
  expect(told(streams[0]!)).toEqual(told(streams[1]!))
  expect((await control(a, room, 'next')).streams).toBe(2)
  for (const stream of streams) stream.close()
})

test.each([
  ['killed', () => cluster.redis.kill(), () => cluster.redis.start()],
  ['frozen', async () => cluster.redis.freeze(), async () => cluster.redis.thaw()],
])(
  'Redis %s: no control is lost, all come in order, once; box and pause are the same everywhere',
  async (_how, lose, bringBack) => {
    const room = await makeRoom()
    const [near, far] = [await listen(a, room), await listen(b, room)]
    await send(a, room, 'one')
    await far.waitFor(isMessage)
    await lose()
    // From the first moment on, while nobody has noticed yet.
    const expected = ['one', 'next', 'two', 'hide', 'three', 'pause']
    await control(a, room, 'next')
    await send(a, room, 'two')
    await control(b, room, 'hide')
    await send(b, room, 'three')
    await control(a, room, 'pause')
    for (const stream of [near, far]) await eventually(() => expect(told(stream)).toEqual(expected))
    for (const server of [a, b]) {
      expect(await stageAt(server, room)).toEqual({ visible: false, paused: true })
      await redisIs(server, 'away')
    }
    // Nobody watches it at the other server when this is given.
    const unwatched = await makeRoom()
    expect(await stageAt(b, unwatched)).toEqual({ visible: true, paused: false })
    await control(a, unwatched, 'hide')
    expect(await stageAt(b, unwatched)).toEqual({ visible: false, paused: false })

    await bringBack()
    for (const server of [a, b]) await redisIs(server, 'ok')
    await control(b, room, 'show')
    await send(b, room, 'four')
    for (const stream of [near, far]) {
      await eventually(() => expect(told(stream)).toEqual([...expected, 'show', 'four']))
      stream.close()
    }
    for (const server of [a, b]) {
      expect(await stageAt(server, room)).toEqual({ visible: true, paused: true })
      expect(await stageAt(server, unwatched)).toEqual({ visible: false, paused: false })
    }
  },
  60_000,
)

test('a server’s report of what its players show does not undo another’s controls', async () => {
  const room = await makeRoom()
  const player = await listen(b, room)
  const { subscriber } = JSON.parse(player.events.find(isMeta('hello'))!.data)
  await send(a, room, 'shown')
  const { id } = JSON.parse((await player.waitFor(isMessage)).data)
  await cluster.redis.kill()
  await control(a, room, 'hide')
  const report = reportOf({ state: 'complete', showing: id })
  const path = `/rooms/${room}/subscribers/${subscriber}/report`
  expect((await b.api('POST', path, report)).status).toBe(204)
  await player.waitFor(event => event.event === 'control')
  // Written down by now; a server that starts reads it.
  const third = await cluster.add().catch(() => null)
  expect(third).toBeNull()
  await cluster.redis.start()
  const fourth = await cluster.add()
  expect(await stageAt(fourth, room)).toEqual({ visible: false, paused: false })
  await fourth.kill('SIGTERM')
  player.close()
}, 60_000)

test('a stream that comes back to another server is given the controls it missed, each at its place', async () => {
  const room = await makeRoom()
  const settings = { queue: { autoAdvance: false } }
  expect((await a.api('PATCH', `/rooms/${room}`, { settings })).status).toBe(200)
  const stream = await listen(a, room)
  await send(a, room, 'one')
  const { id } = await stream.waitFor(isMessage)
  stream.close()
  await send(b, room, 'two')
  await control(a, room, 'next')
  await send(a, room, 'three')
  await control(b, room, 'next')
  const back = await openTestStream(
    `${b.url}/api/v1/rooms/${room}/events?last_event_id=${id}&controls=replay`,
  )
  await eventually(() => expect(told(back)).toEqual(['two', 'next', 'three', 'next']))
  await control(a, room, 'clear')
  await eventually(() => expect(told(back)).toEqual(['two', 'next', 'three', 'next', 'clear']))
  const numbers = back.events.filter(({ event }) => event === 'control')
  expect(numbers.map(({ data }) => JSON.parse(data).number)).toEqual([1, 2, 3])
  back.close()
})
