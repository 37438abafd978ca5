import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HelloEvent } from '../../src/shared/events.ts'
import { FIRST_EVENTS_ID } from '../../src/shared/first-events.ts'
import { openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())

async function publish(room: string, message: string): Promise<void> {
  const response = await server.api('POST', `/rooms/${room}/messages`, { speaker: '小夜', data: { message } })
  expect(response.status).toBe(202)
}

async function pageOf(path: string): Promise<{ html: string; response: Response; hello: HelloEvent | null }> {
  const response = await fetch(server.url + path)
  const html = await response.text()
  const block = new RegExp(
    `<script type="application/json" id="${FIRST_EVENTS_ID}">(.*?)</script>`,
    's',
  ).exec(html)
  return { html, response, hello: block ? (JSON.parse(block[1]!) as [HelloEvent])[0] : null }
}

test('the page brings what its room shows now, and a stream that goes on from there has the rest once', async () => {
  const hostile = '</script><script>alert(1)</script><!-- \u2028 $&'
  await publish('lobby', hostile)
  const { html, response, hello } = await pageOf('/')
  expect(html.match(/<\/script>/g)).toHaveLength(2)
  expect(hello).toMatchObject({ room: 'lobby', exists: true, reset: false, subscriber: '' })
  expect(hello!.snapshot!.current!.data.message).toBe(hostile)
  // What the room shows now is kept by nobody.
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('etag')).toBeNull()

  await publish('lobby', 'after the page')
  const stream = await openTestStream(`${server.url}/api/v1/rooms/lobby/events?last_event_id=${hello!.last}`)
  const message = await stream.waitFor(event => event.id !== undefined)
  expect(JSON.parse(message.data)).toMatchObject({ data: { message: 'after the page' } })
  // Nothing of it comes again.
  expect(JSON.parse(stream.events[0]!.data)).toMatchObject({ type: 'hello', snapshot: null, reset: false })
  stream.close()
})

test('a room with a watch key is shown to nobody else by its page either', async () => {
  expect((await server.api('POST', '/rooms', { id: 'cellar', name: 'cellar' })).status).toBe(201)
  expect((await server.api('PATCH', '/rooms/cellar', { watchKey: 'open-sesame' })).status).toBe(200)
  await publish('cellar', 'a secret')
  for (const path of [
    '/cellar',
    '/CELLAR',
    '/cellar?key=wrong',
    '/cellar?key=',
    '/cellar?key=open-sesame&key=x',
  ]) {
    const { html, hello, response } = await pageOf(path)
    expect(response.status).toBe(200)
    expect(hello, path).toBeNull()
    expect(html).not.toContain('secret')
  }
  expect((await pageOf('/cellar?key=open-sesame')).hello!.snapshot!.current!.data.message).toBe('a secret')
})

test('a page without a room, of the backlog or of a hostile name tells nothing', async () => {
  for (const path of ['/nobody', '/lobby/history', '/..%2f..%2fetc', '/%00', `/${'x'.repeat(500)}`])
    expect((await pageOf(path)).hello, path).toBeNull()
})
