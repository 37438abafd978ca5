import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { residentMemory } from '../../bench/peers/process-stats.ts'
import { isMessage, openTestStream } from '../support/events.ts'
import { startTestServer } from '../support/server.ts'
import { scaled } from './scale.ts'

/** Seconds of one of the four parts of the soak. */
const PART = scaled(150, 6)
const MIB = 1024 * 1024

test(`memory stands still over ${4 * PART} s of lines, retries, and streams that come and go`, async () => {
  const server = await startTestServer({ env: { MAX_HISTORY_MESSAGES: '1000' } })
  let stop = false
  let sent = 0
  const publish = async () => {
    while (!stop) {
      const key = `k${sent++}`
      const body = { speaker: 'A', data: { message: `line ${key}` } }
      await server.api('POST', '/rooms/lobby/messages', body, { 'Idempotency-Key': key })
      if (sent % 10 === 0) await server.api('POST', '/rooms/lobby/messages', body, { 'Idempotency-Key': key })
    }
  }
  const watch = async () => {
    while (!stop) {
      const stream = await openTestStream(`${server.url}/api/v1/events?since=now`)
      await stream.waitForCount(20, isMessage).catch(() => {})
      stream.close()
    }
  }
  const working = [publish(), publish(), ...Array.from({ length: 10 }, watch)]
  // The least of a part: what is left after a collection.
  const floors: number[] = []
  for (let part = 0; part < 4; part++) {
    let floor = Number.POSITIVE_INFINITY
    for (const end = performance.now() + PART * 1000; performance.now() < end; ) {
      floor = Math.min(floor, residentMemory(server.process.pid!))
      await wait(100)
    }
    floors.push(floor)
  }
  stop = true
  await Promise.all(working)
  // The first part warms up. A leak of 1 KiB a message would be tens of MiB.
  const growth = floors[3]! - floors[1]!
  expect(growth, `floors in MiB: ${floors.map(floor => (floor / MIB).toFixed(1))}`).toBeLessThan(
    scaled(8, 16) * MIB,
  )
  await expect
    .poll(async () => (await (await server.api('GET', '/rooms/lobby/subscribers')).json()).subscribers.length)
    .toBe(0)
  await server.dispose()
})
