import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { isMessage, isMeta, openTestStream, textOf } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const send = (server: TestServer, message: string) =>
  server.api('POST', '/rooms/lobby/messages', { data: { message } })

/** As a backup program or somebody's shell would: takes the database's write lock until released. */
function lock(server: TestServer): { release(): void } {
  const other = new SQLite(join(server.dataDir, 'streaming-message.db'))
  other.exec('BEGIN IMMEDIATE')
  return {
    release() {
      other.exec('ROLLBACK')
      other.close()
    },
  }
}

test('a database that is locked for a while: lines wait, streams go on, nothing is lost or twice', async () => {
  const server = await startTestServer()
  const stream = await openTestStream(`${server.url}/api/v1/events?since=now`)
  await stream.waitFor(isMeta('hello'))
  const held = lock(server)
  const sends = ['a', 'b', 'c'].map(text => send(server, text))
  // What needs no database reaches the stream meanwhile.
  expect((await server.api('POST', '/rooms/lobby/control', { action: 'next' })).status).toBeLessThan(300)
  await stream.waitFor(event => event.event === 'control')
  expect(stream.events.filter(isMessage)).toEqual([])
  held.release()
  for (const response of await Promise.all(sends)) expect(response.status).toBe(202)
  expect((await stream.waitForCount(3, isMessage)).map(textOf).sort()).toEqual(['a', 'b', 'c'])
  stream.close()
  await server.dispose()
})

test('a database that stays locked: 503 with Retry-After, nothing stored; then all is as before', async () => {
  const server = await startTestServer()
  const held = lock(server)
  const refused = await send(server, 'never')
  expect(refused.status).toBe(503)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  held.release()
  const accepted = await send(server, 'after')
  expect((await accepted.json()).message.id).toMatch(/-1$/)
  const { messages } = await (await server.api('GET', '/rooms/lobby/messages')).json()
  expect(messages).toHaveLength(1)
  await server.dispose()
})

/** Files of the server may not grow beyond this many KiB: what a full disk is to it, without needing a disk. */
const FILE_SIZE = 1_500

test('a disk that is full: refused in words, what was accepted is kept; with space again all goes on', async () => {
  const server = await startTestServer({ fileSizeLimit: FILE_SIZE })
  const stream = await openTestStream(`${server.url}/api/v1/events?since=now`)
  await stream.waitFor(isMeta('hello'))
  const accepted: string[] = []
  let refused: Response | undefined
  for (let i = 0; i < 200 && !refused; i++) {
    const response = await send(server, 'x'.repeat(20_000))
    if (response.status === 202) accepted.push((await response.json()).message.id)
    else refused = response
  }
  expect(refused?.status).toBe(507)
  expect(await refused?.json()).toMatchObject({ success: false, error: 'storage-full' })
  // It is refused every time, and the server lives.
  expect((await send(server, 'x'.repeat(20_000))).status).toBe(507)
  expect((await stream.waitForCount(accepted.length, isMessage)).map(event => event.id)).toEqual(accepted)
  stream.close()

  await server.kill('SIGKILL')
  const roomy = await server.restart({}, { fileSizeLimit: undefined })
  const next = (await (await send(roomy, 'goes on')).json()).message.id
  const resumed = await openTestStream(`${roomy.url}/api/v1/events?since=all`)
  await resumed.waitFor(event => event.id === next)
  const epoch = next.split('-')[0]
  expect(resumed.events.filter(isMessage).map(event => event.id)).toEqual(
    Array.from({ length: accepted.length + 1 }, (_, i) => `${epoch}-${i + 1}`),
  )
  resumed.close()
  await roomy.dispose()
})

test('two servers on one folder: the second does not start, the first is not disturbed', async () => {
  const server = await startTestServer()
  await expect(startTestServer({ dataDir: server.dataDir })).rejects.toThrow(/another Streaming Message uses/)
  expect((await send(server, 'still here')).status).toBe(202)
  await server.dispose()
})
