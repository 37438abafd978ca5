import { connect } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isMessage, isMeta, openTestStream, textOf } from '../support/events.ts'
import { eventually, freePort } from '../support/ports.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { startTestServer } from '../support/server.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startTestPostgres()
})
afterAll(() => postgres.dispose())

test('rooms, history, replay and idempotency work on PostgreSQL as on SQLite', async () => {
  const server = await startTestServer({ env: { DATABASE_URL: await postgres.createDatabase() } })
  const send = async (message: string, key: string) =>
    (
      await (
        await server.api('POST', '/rooms/lobby/messages', { data: { message } }, { 'Idempotency-Key': key })
      ).json()
    ).message
  const first = await send('one', 'k1')
  const wrong = await send('wrong', 'k2')
  await send('two', 'k3')
  expect((await send('two again', 'k3')).data.message).toBe('two')
  expect((await server.api('DELETE', `/rooms/lobby/messages/${wrong.id}`)).status).toBe(204)

  const stream = await openTestStream(`${server.url}/api/v1/events?last_event_id=${first.id}`)
  await stream.waitFor(event => event.event === 'retract')
  expect(stream.events.filter(isMessage).map(textOf)).toEqual(['two'])
  const found = await (await server.api('GET', '/rooms/lobby/messages?search=tw')).json()
  expect(found.messages.map((m: { data: { message: string } }) => m.data.message)).toEqual(['two'])
  stream.close()

  const again = await server.restart()
  const resumed = await openTestStream(`${again.url}/api/v1/events?since=all`)
  await resumed.waitFor(isMeta('hello'))
  expect((await resumed.waitForCount(2, isMessage)).map(textOf)).toEqual(['one', 'two'])
  resumed.close()
  await again.dispose()
})

test('a shared stream whose browser is gone before its pages are admitted leaves no player behind', async () => {
  const server = await startTestServer({ env: { DATABASE_URL: await postgres.createDatabase() } })
  const { port } = new URL(server.url)
  // Rooms that are unknown are looked up each time: the database answers after the browser has gone.
  const pages = Array.from({ length: 12 }, (_, i) => ({ page: `p${i}`, room: i % 2 ? 'lobby' : `none${i}` }))
  const body = JSON.stringify({ pages })
  const request = `POST /api/v1/streams HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  for (let browser = 0; browser < 40; browser++) {
    await new Promise<void>((gone, fail) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(request))
      socket.once('data', () => socket.destroy())
      socket.once('close', () => gone())
      socket.once('error', fail)
    })
  }
  await eventually(async () => {
    const { subscribers } = await (await server.api('GET', '/rooms/lobby/subscribers')).json()
    expect(subscribers).toEqual([])
  })
  await server.dispose()
})

test('servers that start at the same time on a new database with ADMIN_PASSWORD make one account', async () => {
  const env = { DATABASE_URL: await postgres.createDatabase(), ADMIN_PASSWORD: 'a good password' }
  const servers = await Promise.all([1, 2, 3].map(() => startTestServer({ env })))
  for (const server of servers) {
    const login = await fetch(`${server.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: 'a good password' }),
    })
    expect(login.status).toBe(200)
  }
  await Promise.all(servers.map(server => server.dispose()))
})

test('servers without Redis know each other’s speakers and emotes all the same, as open players do', async () => {
  const env = { DATABASE_URL: await postgres.createDatabase() }
  const [a, b] = await Promise.all([startTestServer({ env }), startTestServer({ env })])
  const there = await openTestStream(`${b.url}/api/v1/events`)
  await there.waitFor(isMeta('hello'))
  for (const color of ['#aa0000', '#00bb00']) {
    const name = `小夜${color}`
    expect((await a.api('POST', '/speakers', { name, color })).status).toBe(201)
    const tells = (event: { data: string }) => event.data.includes(name) && event.data.includes(color)
    await there.waitFor(event => isMeta('speakers')(event) && tells(event))
    const late = await openTestStream(`${b.url}/api/v1/events`)
    expect(tells(await late.waitFor(isMeta('speakers')))).toBe(true)
    late.close()
  }
  there.close()
  await Promise.all([a.dispose(), b.dispose()])
})

test('a burst of publishers gets consecutive numbers, each once', async () => {
  const server = await startTestServer({ env: { DATABASE_URL: await postgres.createDatabase() } })
  const stream = await openTestStream(`${server.url}/api/v1/events`)
  await stream.waitFor(isMeta('hello'))
  await Promise.all(
    Array.from({ length: 300 }, (_, i) =>
      server.api('POST', '/rooms/lobby/messages', { data: { message: `n${i}` } }),
    ),
  )
  const events = await stream.waitForCount(300, isMessage)
  expect(events.map(event => Number(event.id!.split('-')[1]))).toEqual(
    Array.from({ length: 300 }, (_, i) => i + 1),
  )
  stream.close()
  await server.dispose()
})

test.each([
  ['nonsense', /DATABASE_URL is wrong: must be a URL/],
  ['mysql://127.0.0.1/x', /DATABASE_URL is wrong: must be a URL that begins with postgres:/],
])('a wrong DATABASE_URL (%s) ends the start with one line', async (url, line) => {
  const error = await startTestServer({ env: { DATABASE_URL: url } }).catch(error => error as Error)
  expect((error as Error).message).toMatch(line)
  expect((error as Error).message.trim().split('\n')).toHaveLength(2)
})

test('a PostgreSQL that is not there, or a database that does not exist, ends the start with one line that names DATABASE_URL', async () => {
  const urls = [
    `postgres://postgres@127.0.0.1:${await freePort()}/test1`,
    `postgres://postgres@127.0.0.1:${postgres.port}/no_such_database`,
  ]
  for (const url of urls) {
    const error = await startTestServer({ env: { DATABASE_URL: url } }).catch(error => error as Error)
    const lines = (error as Error).message.trim().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toMatch(/^DATABASE_URL: PostgreSQL does not answer \(.+\): check/)
  }
})

test('a schema newer than the program is refused, and left as it is', async () => {
  const url = await postgres.createDatabase()
  await (await startTestServer({ env: { DATABASE_URL: url } })).dispose()
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`INSERT INTO kysely_migration VALUES ('9999-from-the-future', '2099-01-01')`)
  const error = await startTestServer({ env: { DATABASE_URL: url } }).catch(error => error as Error)
  expect((error as Error).message).toMatch(/written by a newer version .*9999-from-the-future/)
  const { rows } = await client.query('SELECT count(*)::int AS n FROM rooms')
  expect(rows[0].n).toBe(1)
  await client.end()
})
