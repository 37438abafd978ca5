import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { startTestPair } from '../support/cluster.ts'
import { isMessage, isMeta, openTestStream, type TestStream } from '../support/events.ts'
import { eventually } from '../support/ports.ts'
import type { TestServer } from '../support/server.ts'

const { cluster, a, b } = await startTestPair()

const isDelta = (event: { event?: string | undefined }) => event.event === 'delta'
const isFinal = (event: { event?: string | undefined; data: string }) =>
  isDelta(event) && JSON.parse(event.data).final === true

async function listen(server: TestServer): Promise<TestStream> {
  const stream = await openTestStream(`${server.url}/api/v1/events?since=now`)
  await stream.waitFor(isMeta('hello'))
  return stream
}

/** A line whose text comes as the caller writes it. */
function openLine(server: TestServer) {
  const req = request(`${server.url}/api/v1/rooms/lobby/stream?speaker=AI`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${server.token}`, 'Content-Type': 'text/plain' },
  })
  req.flushHeaders()
  const answer = new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    req.on('error', reject)
    req.on('response', res => json(res).then(body => resolve({ status: res.statusCode!, body }), reject))
  })
  answer.catch(() => {})
  return { answer, write: (text: string) => req.write(text), end: () => req.end() }
}

/** The text that a page has typed, and whether it is at its end. */
function typed(stream: TestStream, id: string) {
  const deltas = stream.events
    .filter(isDelta)
    .map(event => JSON.parse(event.data))
    .filter(delta => delta.message === id)
  expect(deltas.map(delta => delta.seq)).toEqual(deltas.map((_, i) => i + 1))
  const text = deltas.filter(delta => !delta.final).map(delta => delta.text)
  return { text: text.join(''), final: deltas.find(delta => delta.final)?.data.message }
}

test('a line whose server dies in the middle is ended by another with the text it has; one that is still being written goes on', async () => {
  const third = await cluster.add()
  const stream = await listen(a)
  const [dying, living] = [openLine(third), openLine(b)]
  const [one, two] = (await stream.waitForCount(2, isMessage)).map(event => JSON.parse(event.data).id)
  dying.write('half ')
  dying.write('a line')
  living.write('goes ')
  await eventually(() =>
    expect([typed(stream, one).text, typed(stream, two).text].sort()).toEqual(['goes ', 'half a line']),
  )
  const [halfId, wholeId] = typed(stream, one).text === 'goes ' ? [two, one] : [one, two]
  await third.kill('SIGKILL')
  await eventually(() => expect(typed(stream, halfId).final).toBe('half a line'), 20_000)
  living.write('on')
  living.end()
  expect(await living.answer).toMatchObject({
    status: 202,
    body: { message: { data: { message: 'goes on' } } },
  })
  await eventually(() => expect(typed(stream, wholeId)).toEqual({ text: 'goes on', final: 'goes on' }))
  const { messages } = await (await b.api('GET', '/rooms/lobby/messages?limit=2')).json()
  for (const message of messages) expect(message.status).toBe('complete')
  stream.close()
}, 60_000)

test('a server that was taken for dead adds nothing to the line that another has ended', async () => {
  const third = await cluster.add()
  const stream = await listen(a)
  const line = openLine(third)
  const { id } = JSON.parse((await stream.waitFor(isMessage)).data)
  line.write('so far')
  await stream.waitFor(isDelta)
  third.process.kill('SIGSTOP')
  await stream.waitFor(isFinal)
  line.write(', and more')
  line.end()
  third.process.kill('SIGCONT')
  expect(await line.answer).toMatchObject({ status: 409 })
  expect(typed(stream, id)).toEqual({ text: 'so far', final: 'so far' })
  await third.kill('SIGTERM')
  stream.close()
}, 60_000)

test('PostgreSQL frozen, and restarted, in the middle of a line: each piece comes once', async () => {
  const streams = [await listen(a), await listen(b)]
  const line = openLine(a)
  const { id } = JSON.parse((await streams[0]!.waitFor(isMessage)).data)
  line.write('one ')
  await streams[1]!.waitFor(isDelta)
  cluster.postgres.freeze()
  line.write('two ')
  await eventually(async () =>
    expect(await (await fetch(`${a.url}/metrics`)).text()).toMatch(/_postgres_up 0$/m),
  )
  cluster.postgres.thaw()
  for (const stream of streams) await eventually(() => expect(typed(stream, id).text).toBe('one two '))
  await cluster.postgres.stop()
  line.write('three')
  line.end()
  await cluster.postgres.start()
  expect(await line.answer).toMatchObject({ status: 202 })
  for (const stream of streams) {
    await stream.waitFor(isFinal)
    expect(typed(stream, id)).toEqual({ text: 'one two three', final: 'one two three' })
    stream.close()
  }
}, 60_000)
