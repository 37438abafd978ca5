import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { isMessage, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { scaled } from './scale.ts'

/** Seconds of one of the four parts of the soak. */
const PART = scaled(150, 6)
const MIB = 1024 * 1024

async function heapOf(server: TestServer): Promise<number> {
  const reports = () => [...server.output().matchAll(/^heap (\d+)$/gm)].map(match => Number(match[1]))
  const before = reports().length
  server.process.kill('SIGUSR2')
  await expect.poll(() => reports().length, { timeout: 10_000 }).toBeGreaterThan(before)
  return reports().at(-1)!
}

test(`memory stands still over ${4 * PART} s of lines, retries, and streams that come and go`, async () => {
  const server = await startTestServer({
    nodeOptions: ['--expose-gc', '--import', resolve(import.meta.dirname, 'heap-report.ts')],
    env: { MAX_HISTORY_MESSAGES: '1000' },
  })
  let stopWatching = false
  let stopPublishing = false
  let sent = 0
  const publish = async () => {
    while (!stopPublishing) {
      const key = `k${sent++}`
      const body = { speaker: 'A', data: { message: `line ${key}` } }
      await server.api('POST', '/rooms/lobby/messages', body, { 'Idempotency-Key': key })
      if (sent % 10 === 0) await server.api('POST', '/rooms/lobby/messages', body, { 'Idempotency-Key': key })
    }
  }
  const watch = async () => {
    while (!stopWatching) {
      const stream = await openTestStream(`${server.url}/api/v1/events?since=now`)
      await stream.waitForCount(20, isMessage).catch(() => {})
      stream.close()
    }
  }
  const publishing = [publish(), publish()]
  const watching = Array.from({ length: 10 }, watch)
  // What is left after a collection, at the end of each part.
  const left: number[] = []
  for (let part = 0; part < 4; part++) {
    await wait(PART * 1000)
    left.push(await heapOf(server))
  }
  // A watcher ends with the lines that it waits for.
  stopWatching = true
  await Promise.all(watching)
  stopPublishing = true
  await Promise.all(publishing)
  // The first part warms up. A leak of 1 KiB a message, or of one stream's objects, would be several MiB.
  const growth = left[3]! - left[0]!
  expect(growth, `MiB left: ${left.map(bytes => (bytes / MIB).toFixed(1))}`).toBeLessThan(4 * MIB)
  await expect
    .poll(async () => (await (await server.api('GET', '/rooms/lobby/subscribers')).json()).subscribers.length)
    .toBe(0)
  await server.dispose()
})
