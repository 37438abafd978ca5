import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PlayersEvent } from '../../src/shared/events.ts'
import { isMeta, openTestStream } from '../support/events.ts'
import { reportOf } from '../support/player-report.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())

const events = () => `${server.url}/api/v1/rooms/lobby/events`

test('players that report more than a controller can be told of do not cut it off', async () => {
  const count = 100
  const controller = await openTestStream(`${events()}?role=controller`, {
    headers: { Authorization: `Bearer ${server.token}` },
  })
  const streams = await Promise.all(Array.from({ length: count }, () => openTestStream(events())))
  const report = reportOf({
    problems: Array.from({ length: 20 }, (_, index) => `${index}${'坏'.repeat(290)}`),
  })
  for (const stream of streams) {
    const hello = JSON.parse((await stream.waitFor(isMeta('hello'))).data)
    const path = `/rooms/lobby/subscribers/${hello.subscriber}/report`
    expect((await server.api('POST', path, report)).status).toBe(204)
  }
  const told = () =>
    controller.events
      .filter(isMeta('players'))
      .map(({ data }) => ({ data, event: JSON.parse(data) as PlayersEvent }))
  await expect.poll(() => told().at(-1)!.event.total).toBe(count)
  await expect.poll(() => told().at(-1)!.event.players.at(-1)?.report).toEqual(report)
  // A stream for which 1 MiB waits is dropped.
  for (const { data } of told()) expect(Buffer.byteLength(data)).toBeLessThan(1024 * 1024)
  expect(told().at(-1)!.event.players.length).toBeGreaterThan(10)
  controller.close()
  for (const stream of streams) stream.close()
})
