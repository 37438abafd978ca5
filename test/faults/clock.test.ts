import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { isMessage, isMeta, openTestStream, textOf } from '../support/events.ts'
import { startTestServer } from '../support/server.ts'

const YEAR = 365 * 24 * 60 * 60 * 1000

test('a clock that leaps a year forward, then two back: order, ids, streams and history hold', async () => {
  const server = await startTestServer({
    nodeOptions: ['--import', resolve(import.meta.dirname, 'clock-shift.ts')],
    env: { CLOCK_LEAPS: `${YEAR},${-2 * YEAR}`, MAX_HISTORY_DAYS: '30' },
  })
  const stream = await openTestStream(`${server.url}/api/v1/events?since=now`)
  await stream.waitFor(isMeta('hello'))
  const send = async (message: string) =>
    (await (await server.api('POST', '/rooms/lobby/messages', { data: { message } })).json()).message
  const leap = async (times: number) => {
    server.process.kill('SIGUSR2')
    await expect.poll(() => server.output().split('\nclock ').length).toBe(times + 1)
  }

  const before = await send('now')
  await leap(1)
  const later = await send('in a year')
  await leap(2)
  const earlier = await send('a year ago')
  expect(later.time - before.time).toBeGreaterThan(YEAR - 60_000)
  expect(earlier.time).toBeLessThan(before.time)
  expect((await stream.waitForCount(3, isMessage)).map(textOf)).toEqual(['now', 'in a year', 'a year ago'])
  const resumed = await openTestStream(`${server.url}/api/v1/events?last_event_id=${before.id}`)
  expect((await resumed.waitForCount(2, isMessage)).map(event => event.id)).toEqual([later.id, earlier.id])
  const { messages } = await (await server.api('GET', '/rooms/lobby/messages')).json()
  expect(messages.map((message: { id: string }) => message.id)).toEqual([earlier.id, later.id, before.id])
  stream.close()
  resumed.close()
  await server.dispose()
})
