import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callBroker, connectDevice, named, unique } from '../support/broker.ts'
import { openTestStream } from '../support/events.ts'
import { eventually } from '../support/ports.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())

const call = (path: string, body?: unknown) => callBroker(server, path, body)
const connect = (uid: string, device: string, query = '') => connectDevice(server, uid, device, query)

/** The check that docs/scaling.md gives to receivers. */
const [, snippet] = /(function isGenuine[\s\S]+?\n})\n```/.exec(
  readFileSync(resolve(import.meta.dirname, '../../docs/scaling.md'), 'utf8'),
)!
const isGenuine = new Function('createHmac', 'timingSafeEqual', `return ${snippet}`)(
  createHmac,
  timingSafeEqual,
) as (secret: string, headers: IncomingMessage['headers'], body: string) => boolean

test('state changes come on the server’s event stream and as webhooks, signed and retried', async () => {
  const received: { headers: IncomingMessage['headers']; body: string }[] = []
  let refusals = 2
  const receiver = createServer(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += chunk
    if (refusals-- > 0) res.writeHead(500).end()
    else {
      received.push({ headers: req.headers, body })
      res.writeHead(204).end()
    }
  })
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  const hook = await (await server.api('POST', '/webhooks', { url: `http://127.0.0.1:${port}/hook` })).json()
  expect(hook.webhook.secret).toMatch(/^whsec_/)
  const monitor = await openTestStream(`${server.url}/api/v1/server/events`, {
    headers: { Authorization: `Bearer ${server.token}` },
  })
  await monitor.waitFor(named('server'))

  const [uid, device] = [unique('u'), unique('d')]
  const stream = await connect(uid, device)
  await call('/kick', { device, data: 'bye' })
  const states = (await monitor.waitForCount(4, named('state'))).map(event => JSON.parse(event.data))
  const expected = [
    { topic: 'user_online', reason: 'device_connected' },
    { topic: 'device_online', reason: 'device_connected' },
    { topic: 'device_offline', reason: 'kick_offline', payload: 'bye' },
    { topic: 'user_offline', reason: 'kick_offline', payload: 'bye' },
  ]
  expect(states).toMatchObject(expected.map(one => ({ ...one, uid, device, device_id: device })))
  await eventually(() => expect(received).toHaveLength(4))
  const types = received.map(({ body }) => JSON.parse(body).type).sort()
  expect(types).toEqual(expected.map(one => one.topic).sort())
  for (const { headers, body } of received) {
    expect(isGenuine(hook.webhook.secret, headers, body)).toBe(true)
    expect(
      isGenuine(hook.webhook.secret, headers, body.replace('true', 'false').replace(uid, 'mallory')),
    ).toBe(false)
    expect(isGenuine(`whsec_${'A'.repeat(32)}`, headers, body)).toBe(false)
    expect(isGenuine(hook.webhook.secret, { ...headers, 'webhook-timestamp': '1' }, body)).toBe(false)
    expect(JSON.parse(body).data).toMatchObject({ uid, device })
  }
  const listed = await (await server.api('GET', '/webhooks')).json()
  expect(listed.webhooks).toMatchObject([{ url: hook.webhook.url }])
  expect(listed.webhooks[0].secret).toBeUndefined()
  expect((await server.api('DELETE', `/webhooks/${hook.webhook.id}`)).status).toBe(204)
  expect((await server.api('POST', '/webhooks', { url: 'file:///etc/passwd' })).status).toBe(400)
  monitor.close()
  stream.close()
  receiver.close()
})

test('a webhook that was not taken is delivered after a restart, once and with its own id', async () => {
  const first = await startTestServer()
  const calls: { id: string; uid: string }[] = []
  let isWell = false
  const receiver = createServer(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += chunk
    calls.push({ id: String(req.headers['webhook-id']), uid: JSON.parse(body).data.uid })
    res.writeHead(isWell ? 204 : 503).end()
  })
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  const added = await first.api('POST', '/webhooks', { url: `http://127.0.0.1:${port}/hook` })
  expect(added.status).toBe(201)
  const jwt = (await callBroker(first, '/token', { uid: 'aki', device: '', ttl: 60 })).result as string
  const stream = await openTestStream(`${first.url}/events?token=${jwt}&device=phone`)
  await stream.waitFor(named('sys_connected'))
  await eventually(() => expect(new Set(calls.map(({ id }) => id)).size).toBe(2))
  const refused = new Set(calls.map(({ id }) => id))
  await first.kill('SIGTERM')
  stream.close()

  calls.length = 0
  isWell = true
  const second = await first.restart()
  await eventually(() => {
    const taken = calls.map(({ id }) => id).filter(id => refused.has(id))
    expect(taken.toSorted()).toEqual([...refused].toSorted())
  })
  await second.dispose()
  receiver.close()
})

test('a server that stops says so to its devices and to those who watch; one that was killed is cleared at its next start', async () => {
  const own = await startTestServer()
  const jwt = (await callBroker(own, '/token', { uid: 'u' })).result
  const open = async (at: TestServer) => {
    const stream = await openTestStream(`${at.url}/events?token=${jwt}&device=d`)
    await stream.waitFor(named('sys_connected'))
    return stream
  }
  const stream = await open(own)
  const again = await own.restart()
  await stream.waitFor(named('sys_instance_close'))
  await stream.ended
  expect((await callBroker(again, '/info?device=d')).result).toMatchObject({ online: false })

  await open(again)
  await again.kill()
  const third = await startTestServer({ dataDir: again.dataDir })
  expect((await callBroker(third, '/info?device=d')).result).toMatchObject({ online: false })
  expect((await callBroker(third, '/info')).result).toMatchObject({ instance_count: 1, device_count: 0 })
  await third.dispose()
})
