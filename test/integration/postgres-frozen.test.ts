import { afterAll, beforeAll, expect, test } from 'vitest'
import { isMessage, isMeta, openTestStream, textOf } from '../support/events.ts'
import { eventually } from '../support/ports.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let postgres: TestPostgres
let server: TestServer
beforeAll(async () => {
  postgres = await startTestPostgres()
  server = await startTestServer({ env: { DATABASE_URL: await postgres.createDatabase() } })
})
afterAll(async () => {
  postgres.thaw()
  await server.dispose()
  await postgres.dispose()
})

/** More than the pool has connections. */
const PUBLISHERS = 40
const lines = Array.from({ length: PUBLISHERS }, (_, i) => `n${i}`)
const send = (message: string) =>
  server.api('POST', '/rooms/lobby/messages', { data: { message } }, { 'Idempotency-Key': message })
const readiness = async () => (await fetch(`${server.url}/readyz`)).status

test('a PostgreSQL that is frozen: each publisher is told 503 and when to try again, in bounded time; then all goes on, nothing lost, nothing twice', async () => {
  const stream = await openTestStream(`${server.url}/api/v1/events?since=now`)
  await stream.waitFor(isMeta('hello'))
  expect((await send('before')).status).toBe(202)
  // Only then is the stream live: one that is still to catch up needs the database, and ends for its client to come back.
  await stream.waitFor(event => isMessage(event) && textOf(event) === 'before')

  postgres.freeze()
  const refusals = await Promise.all(lines.map(send))
  for (const refused of refusals) {
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({ success: false, error: 'unavailable' })
  }
  expect(await readiness()).toBe(503)
  // Known to be away: nobody queues up any more, and what needs no database goes on.
  await eventually(async () => {
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toMatch(/^streaming_message_postgres_up 0$/m)
  })
  expect((await send('while it is known')).status).toBe(503)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)

  postgres.thaw()
  await eventually(async () => expect(await readiness()).toBe(200), 30_000)
  const retried = await Promise.all(lines.map(send))
  for (const accepted of retried) expect(accepted.status).toBe(202)
  expect((await send('after')).status).toBe(202)

  await stream.waitFor(event => isMessage(event) && textOf(event) === 'after')
  const seen = stream.events.filter(isMessage)
  expect(seen.map(textOf).sort()).toEqual(['before', ...lines, 'after'].sort())
  const numbers = seen.map(event => Number(event.id!.split('-')[1]))
  expect(numbers).toEqual(numbers.map((_, i) => i + 1))
  stream.close()
}, 60_000)
