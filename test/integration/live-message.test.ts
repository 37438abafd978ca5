import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isMessage, isMeta, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())

const isDelta = (event: { event?: string | undefined }) => event.event === 'delta'

/** A request whose body is sent piece by piece, as the caller says; its head goes out at once. */
function openBody(path: string, contentType = 'text/plain') {
  const req = request(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${server.token}`, 'Content-Type': contentType },
  })
  req.flushHeaders()
  const answer = new Promise<unknown>((resolve, reject) => {
    req.on('error', reject)
    req.on('response', res => json(res).then(resolve, reject))
  })
  return {
    answer,
    write: (text: string) => req.write(text),
    end: () => req.end(),
    abort: () => req.destroy(),
  }
}

test('players get the text as it comes; the history has it whole', async () => {
  const stream = await openTestStream(`${server.url}/api/v1/events`)
  const body = openBody('/rooms/lobby/stream?speaker=AI')
  const message = JSON.parse((await stream.waitFor(isMessage)).data)
  expect(message).toMatchObject({ speaker: 'AI', data: { message: '' }, status: 'streaming' })
  body.write('你好')
  await stream.waitForCount(1, isDelta)
  body.write('，世界')
  await stream.waitForCount(2, isDelta)
  body.end()
  const answer = await body.answer
  expect(answer).toMatchObject({
    code: 202,
    message: { id: message.id, data: { message: '你好，世界' }, status: 'complete' },
  })
  const deltas = (await stream.waitForCount(3, isDelta)).map(event => JSON.parse(event.data))
  expect(deltas).toEqual([
    { message: message.id, seq: 1, text: '你好' },
    { message: message.id, seq: 2, text: '，世界' },
    { message: message.id, seq: 3, final: true, data: { message: '你好，世界' } },
  ])
  stream.close()
})

test('chunks without text do not hold up those behind them', async () => {
  const stream = await openTestStream(`${server.url}/api/v1/events`)
  const body = openBody('/rooms/lobby/stream?speaker=AI', 'text/event-stream')
  await stream.waitFor(isMessage)
  body.write(': nothing yet\n\n')
  body.write('data: {"text":"a"}\n\n')
  await stream.waitForCount(1, isDelta)
  body.end()
  await body.answer
  stream.close()
})

test('a page that opens in the middle gets what is there, then the rest, each once', async () => {
  const first = await openTestStream(`${server.url}/api/v1/events`)
  const body = openBody('/rooms/lobby/stream?speaker=AI')
  await first.waitFor(isMessage)
  body.write('abc')
  await first.waitFor(isDelta)
  const late = await openTestStream(`${server.url}/api/v1/events`)
  const { snapshot } = JSON.parse((await late.waitFor(isMeta('hello'))).data)
  const shown = [snapshot.current, ...snapshot.queue].at(-1)
  expect(shown).toMatchObject({ status: 'streaming', data: { message: 'abc' } })
  body.write('def')
  const delta = await late.waitFor(isDelta)
  expect(JSON.parse(delta.data).text).toBe('def')
  body.end()
  await body.answer
  first.close()
  late.close()
})

test('a body that breaks off leaves the message with what had come', async () => {
  const stream = await openTestStream(`${server.url}/api/v1/events`)
  const body = openBody('/rooms/lobby/stream?speaker=AI')
  await stream.waitFor(isMessage)
  body.write('half a')
  await stream.waitFor(isDelta)
  body.abort()
  await expect(body.answer).rejects.toThrow()
  const final = await stream.waitFor(event => isDelta(event) && JSON.parse(event.data).final)
  expect(JSON.parse(final.data).data.message).toBe('half a')
  stream.close()
})

test('text past 32 KiB ends the message with 413; what fits is kept', async () => {
  const response = await server.api('POST', '/rooms/lobby/stream?speaker=AI', 'x'.repeat(40_000), {
    'Content-Type': 'text/plain',
  })
  expect(response.status).toBe(413)
  const { messages } = await (await server.api('GET', '/rooms/lobby/messages?limit=1')).json()
  expect(messages[0]).toMatchObject({ status: 'complete', data: { message: 'x'.repeat(32_768) } })
})

test('a body that cannot be read is refused before anybody waits for it', async () => {
  const stream = await openTestStream(`${server.url}/api/v1/events`)
  await stream.waitFor(isMeta('hello'))
  const response = await server.api('POST', '/rooms/lobby/stream', undefined, { 'Content-Encoding': 'gzip' })
  expect(response.status).toBe(415)
  const after = await server.api('POST', '/rooms/lobby/messages', { data: { message: 'after' } })
  const { message } = await after.json()
  await stream.waitFor(event => event.id === message.id)
  expect(stream.events.filter(isMessage)).toHaveLength(1)
  stream.close()
})

test.each([
  ['a line of NDJSON', 'application/x-ndjson', '{"text":"begun"}\n', '"'],
  ['an upstream event', 'text/event-stream', 'data: {"text":"begun"}\n\n', 'data: '],
])('%s without end is refused with 413; what came before is kept', async (_what, type, whole, opening) => {
  const body = openBody('/rooms/lobby/stream?speaker=AI', type)
  body.write(whole)
  body.write(opening + 'x'.repeat(5 * 1024 * 1024))
  expect(await body.answer).toMatchObject({ success: false, code: 413 })
  const { messages } = await (await server.api('GET', '/rooms/lobby/messages?limit=1')).json()
  expect(messages).toMatchObject([{ data: { message: 'begun' }, status: 'complete' }])
})

test('a line that is taken back while it is written is gone: nothing more of it is stored, and its writer is told', async () => {
  const stream = await openTestStream(`${server.url}/api/v1/events`)
  await stream.waitFor(isMeta('hello'))
  const body = openBody('/rooms/lobby/stream?speaker=AI')
  const { id } = JSON.parse((await stream.waitFor(isMessage)).data)
  body.write('a slip')
  await stream.waitFor(isDelta)
  expect((await server.api('DELETE', `/rooms/lobby/messages/${id}`)).status).toBe(204)
  await stream.waitFor(event => event.event === 'retract')
  body.write(' of the tongue')
  body.end()
  expect(await body.answer).toMatchObject({ success: false, code: 409 })
  const again = await openTestStream(`${server.url}/api/v1/events?since=all`)
  await again.waitFor(event => event.event === 'retract' && event.data.includes(id))
  expect(stream.events.filter(isDelta)).toHaveLength(1)
  expect(
    again.events.filter(event => event.data.includes('tongue') || event.data.includes('a slip')),
  ).toEqual([])
  stream.close()
  again.close()
})
