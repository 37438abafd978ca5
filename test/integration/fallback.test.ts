import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { isMessage, isMeta, openTestStream, textOf } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const open: { close(): unknown }[] = []
let server: TestServer | undefined
afterEach(async () => {
  await server?.dispose()
  for (const one of open.splice(0)) one.close()
})

/** A 一言 API of our own; answers as `answer` says. */
async function startHitokoto(answer: (asked: number) => [status: number, body: string]) {
  let asked = 0
  const api: Server = createServer((_req, res) => {
    const [status, body] = answer(++asked)
    res.writeHead(status, { 'Content-Type': 'application/json' }).end(body)
  })
  await new Promise<void>(resolve => api.listen(0, '127.0.0.1', resolve))
  open.push({
    close: () => {
      api.closeAllConnections()
      api.close()
    },
  })
  return { url: `http://127.0.0.1:${(api.address() as AddressInfo).port}/`, asked: () => asked }
}

const sentence = JSON.stringify({
  uuid: 'u-1',
  hitokoto: '用代码表达言语的魅力',
  from: '一言',
  from_who: null,
})

test('an unknown and an invalid room share one poll of the API', async () => {
  const api = await startHitokoto(() => [200, sentence])
  server = await startTestServer({ env: { HITOKOTO_URL: api.url } })
  for (const room of ['nosuch', 'not-a-room!', '%E6%88%BF%E9%97%B4']) {
    const stream = await openTestStream(`${server.url}/api/v1/rooms/${room}/events`)
    open.push(stream)
    const hello = JSON.parse((await stream.waitFor(isMeta('hello'))).data)
    expect(hello).toMatchObject({ exists: false, snapshot: null })
    expect(textOf(await stream.waitFor(isMessage))).toBe('用代码表达言语的魅力')
  }
  expect(api.asked()).toBe(1)
})

test.each([
  ['fails', 500, ''],
  ['answers nonsense', 200, '<html>'],
  ['answers without a sentence', 200, '{}'],
])('when the API %s, a sentence of our own is shown', async (_how, status, body) => {
  const api = await startHitokoto(() => [status, body])
  server = await startTestServer({ env: { HITOKOTO_URL: api.url } })
  const stream = await openTestStream(`${server.url}/api/v1/rooms/nosuch/events`)
  open.push(stream)
  const event = await stream.waitFor(isMessage)
  expect(JSON.parse(event.data)).toMatchObject({
    speaker: '一言',
    data: { format: 'plain', from: 'hitokoto' },
    meta: 'fallback',
  })
  expect(textOf(event).length).toBeGreaterThan(5)
})

test('nobody is asked while nobody watches', async () => {
  const api = await startHitokoto(() => [200, sentence])
  server = await startTestServer({ env: { HITOKOTO_URL: api.url } })
  const stream = await openTestStream(`${server.url}/api/v1/events`)
  open.push(stream)
  await stream.waitFor(isMeta('hello'))
  expect(api.asked()).toBe(0)
})

test('when the room is made, its waiting player is sent back to find it', async () => {
  server = await startTestServer()
  const stream = await openTestStream(`${server.url}/api/v1/rooms/Soon/events`)
  await stream.waitFor(isMessage)
  await server.api('POST', '/rooms', { id: 'soon' })
  await stream.ended
  const again = await openTestStream(`${server.url}/api/v1/rooms/Soon/events`)
  open.push(again)
  expect(JSON.parse((await again.waitFor(isMeta('hello'))).data)).toMatchObject({
    exists: true,
    room: 'soon',
  })
})

test('a room that wants sentences while it is empty gets them as it is asked for and as it is opened', async () => {
  const api = await startHitokoto(() => [200, sentence])
  server = await startTestServer({ env: { HITOKOTO_URL: api.url } })
  const first = await openTestStream(`${server.url}/api/v1/rooms/lobby/events`)
  open.push(first)
  await first.waitFor(isMeta('hello'))
  expect(api.asked()).toBe(0)
  const idle = { settings: { idleFallback: true } }
  expect((await server.api('PATCH', '/rooms/lobby', idle)).status).toBe(200)
  const quote = { type: 'quote', text: '用代码表达言语的魅力', speaker: '「一言」' }
  expect(JSON.parse((await first.waitFor(isMeta('quote'))).data)).toEqual(quote)

  const second = await openTestStream(`${server.url}/api/v1/rooms/lobby/events`)
  open.push(second)
  expect(JSON.parse((await second.waitFor(isMeta('quote'))).data)).toEqual(quote)
  expect(api.asked()).toBe(1)
  // It is no line: neither numbered nor kept.
  const { messages } = await (await server.api('GET', '/rooms/lobby/messages')).json()
  expect(messages).toEqual([])
})
