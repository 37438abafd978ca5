import { afterAll, beforeAll, expect, test } from 'vitest'
import { isMessage, isMeta, openTestStream, type TestStream, textOf } from '../support/events.ts'
import { eventually } from '../support/ports.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())

let rooms = 0
async function makeRoom(settings: object = { queue: { autoAdvance: false } }): Promise<string> {
  const id = `room${rooms++}`
  expect((await server.api('POST', '/rooms', { id })).status).toBe(201)
  expect((await server.api('PATCH', `/rooms/${id}`, { settings })).status).toBe(200)
  return id
}
async function send(room: string, message: string): Promise<string> {
  const response = await server.api('POST', `/rooms/${room}/messages`, { data: { message } })
  expect(response.status).toBe(202)
  return (await response.json()).message.id
}
async function control(room: string, action: string, label?: string): Promise<void> {
  expect((await server.api('POST', `/rooms/${room}/control`, { action, label })).status).toBe(202)
}
const resume = (room: string, after: string, query = '&controls=replay') =>
  openTestStream(`${server.url}/api/v1/rooms/${room}/events?last_event_id=${after}${query}`)

/** Lines, and controls with their numbers, in the order in which they came. */
const told = ({ events }: TestStream) =>
  events.flatMap(event => {
    if (isMessage(event)) return [textOf(event)]
    if (event.event !== 'control') return []
    const { action, number } = JSON.parse(event.data)
    return [`${action} ${number}`]
  })

test('a stream that resumes is given the controls it missed, each at its place', async () => {
  const room = await makeRoom()
  await control(room, 'skip')
  const first = await send(room, 'one')
  await send(room, 'two')
  await control(room, 'next')
  await control(room, 'hide')
  await send(room, 'three')
  await control(room, 'next', 'left')
  await send(room, 'four')
  await control(room, 'clear')
  const stream = await resume(room, first)
  const expected = ['two', 'next 2', 'three', 'next 4', 'four', 'clear 5']
  await eventually(() => expect(told(stream)).toEqual(expected))
  // Box and pause stand in hello.
  expect(JSON.parse(stream.events.find(isMeta('hello'))!.data)).toMatchObject({
    control: 5,
    stage: { visible: false },
    snapshot: null,
  })
  await control(room, 'skip')
  await eventually(() => expect(told(stream)).toEqual([...expected, 'skip 6']))
  stream.close()
})

test.each([
  ['two lines behind', 0, ['two', 'next 1', 'three', 'next 2']],
  ['one line behind', 1, ['next 1', 'three', 'next 2']],
  ['up to date with the lines', 2, ['next 2']],
])('%s', async (_where, index, expected) => {
  const room = await makeRoom()
  const ids = [await send(room, 'one'), await send(room, 'two')]
  await control(room, 'next')
  ids.push(await send(room, 'three'))
  await control(room, 'next')
  const stream = await resume(room, ids[index]!)
  await eventually(() => expect(told(stream)).toEqual(expected))
  const { control: newest } = JSON.parse(stream.events.find(isMeta('hello'))!.data)
  expect(newest).toBe(2)
  await send(room, 'live')
  await eventually(() => expect(told(stream)).toEqual([...expected, 'live']))
  stream.close()
})

test('nobody else is: who does not ask, who begins anew, who goes on by itself', async () => {
  const room = await makeRoom()
  const first = await send(room, 'one')
  await control(room, 'next')
  await send(room, 'two')
  const streams = [
    await resume(room, first, ''),
    await openTestStream(`${server.url}/api/v1/rooms/${room}/events?controls=replay`),
  ]
  const advancing = await makeRoom({ queue: { autoAdvance: true } })
  const there = await send(advancing, 'one')
  await control(advancing, 'next')
  await control(advancing, 'clear')
  await send(advancing, 'two')
  const stream = await resume(advancing, there)
  await send(room, 'end')
  await send(advancing, 'end')
  await eventually(() => expect(told(streams[0]!)).toEqual(['two', 'end']))
  await eventually(() => expect(told(streams[1]!)).toEqual(['end']))
  // Its lines went on without it: only what takes them away counts.
  await eventually(() => expect(told(stream)).toEqual(['clear 2', 'two', 'end']))
  for (const open of [...streams, stream]) open.close()
})

test('a server that starts again knows them, and counts on', async () => {
  const room = await makeRoom()
  const first = await send(room, 'one')
  await send(room, 'two')
  await control(room, 'next')
  server = await server.restart()
  await control(room, 'next')
  const stream = await resume(room, first)
  await eventually(() => expect(told(stream)).toEqual(['two', 'next 1', 'next 2']))
  stream.close()
})
