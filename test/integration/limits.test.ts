import { expect, test } from 'vitest'
import { isMessage, isMeta, openTestStream, textOf } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

async function withServer(env: Record<string, string>, use: (server: TestServer) => Promise<void>) {
  const server = await startTestServer({ env })
  try {
    await use(server)
  } finally {
    await server.dispose()
  }
}

const open = (server: TestServer, query = '', headers = {}) =>
  fetch(`${server.url}/api/v1/rooms/lobby/events${query}`, { headers })

async function expectRefusal(response: Response, variable: string): Promise<void> {
  expect(response.status).toBe(429)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  const body = await response.json()
  expect(body).toMatchObject({ success: false, code: 429, error: 'too-many-requests' })
  expect(body.msg).toContain(variable)
}

test.each(['MAX_STREAMS', 'MAX_STREAMS_PER_ROOM'])(
  '%s refuses a stranger’s stream with 429, lets a valid token in, and frees the place of one that goes',
  async variable => {
    await withServer({ [variable]: '2' }, async server => {
      const first = await openTestStream(`${server.url}/api/v1/rooms/lobby/events`)
      const second = await openTestStream(`${server.url}/api/v1/rooms/lobby/events`)
      await expectRefusal(await open(server), variable)
      await expectRefusal(await open(server, '?token=wrong'), variable)

      const owner = await openTestStream(`${server.url}/api/v1/rooms/lobby/events?token=${server.token}`)
      await owner.waitFor(isMeta('hello'))
      owner.close()
      first.close()
      await expect
        .poll(async () => {
          const response = await open(server)
          await response.body?.cancel()
          return response.status
        })
        .toBe(200)
      second.close()
    })
  },
)

test('MAX_STREAMS_PER_ADDRESS counts each address by itself, and this machine not at all', async () => {
  await withServer({ MAX_STREAMS_PER_ADDRESS: '1', TRUST_PROXY: 'loopback' }, async server => {
    const as = (address: string) => ({ headers: { 'X-Forwarded-For': address } })
    const url = `${server.url}/api/v1/rooms/lobby/events`
    const one = await openTestStream(url, as('203.0.113.1'))
    await expectRefusal(await fetch(url, as('203.0.113.1')), 'MAX_STREAMS_PER_ADDRESS')
    const other = await openTestStream(url, as('203.0.113.2'))
    const sixFirst = await openTestStream(url, as('2001:db8::1'))
    await expectRefusal(await fetch(url, as('2001:db8::2')), 'MAX_STREAMS_PER_ADDRESS')
    const own = await Promise.all([1, 2, 3].map(() => openTestStream(url)))
    for (const stream of [one, other, sixFirst, ...own]) stream.close()
  })
})

test('a shared stream counts before it carries a page', async () => {
  await withServer({ MAX_STREAMS: '1' }, async server => {
    const share = () =>
      fetch(`${server.url}/api/v1/streams`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"pages":[]}',
      })
    const first = await share()
    expect(first.status).toBe(200)
    await expectRefusal(await share(), 'MAX_STREAMS')
    await first.body?.cancel()
  })
})

test('a text longer than MAX_MESSAGE_BYTES is refused with 413, counted in bytes', async () => {
  await withServer({ MAX_MESSAGE_BYTES: '12' }, async server => {
    const send = (message: string) => server.api('POST', '/rooms/lobby/messages', { data: { message } })
    expect((await send('冲冲冲冲')).status).toBe(202)
    const refused = await send('冲冲冲冲!')
    expect(refused.status).toBe(413)
    expect(await refused.json()).toMatchObject({ error: 'too-large' })
  })
})

test('a start with a limit that is no number names the variable', async () => {
  await expect(startTestServer({ env: { MAX_STREAMS: 'many' } })).rejects.toThrow(/MAX_STREAMS is wrong/)
})

test('a room keeps its newest MAX_HISTORY_MESSAGES; who asks for what is gone begins anew', async () => {
  const server = await startTestServer({ env: { MAX_HISTORY_MESSAGES: '5' } })
  const ids: string[] = []
  for (let i = 0; i < 12; i++) {
    const response = await server.api('POST', '/rooms/lobby/messages', { data: { message: `m${i}` } })
    ids.push((await response.json()).message.id)
  }
  // The history is trimmed at the start, then every ten minutes.
  const again = await server.restart()
  await expect
    .poll(async () => (await (await again.api('GET', '/rooms/lobby/messages')).json()).messages.length)
    .toBe(5)
  const known = await openTestStream(`${again.url}/api/v1/events?last_event_id=${ids[8]}`)
  expect((await known.waitForCount(3, isMessage)).map(textOf)).toEqual(['m9', 'm10', 'm11'])
  const gone = await openTestStream(`${again.url}/api/v1/events?last_event_id=${ids[3]}`)
  const hello = JSON.parse((await gone.waitFor(isMeta('hello'))).data)
  expect(hello).toMatchObject({ reset: true, snapshot: { current: { id: ids[11] } } })
  known.close()
  gone.close()
  await again.dispose()
})
