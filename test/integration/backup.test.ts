import { afterAll, beforeAll, expect, test } from 'vitest'
import { OWNER_ENV, type Person, signIn } from '../support/accounts.ts'
import { isMessage, isMeta, openTestStream, textOf } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let owner: Person
beforeAll(async () => {
  server = await startTestServer({ env: OWNER_ENV })
  owner = await signIn(server)
})
afterAll(() => server.dispose())

const send = (message: string) => server.api('POST', '/rooms/lobby/messages', { data: { message } })
const download = async () => Buffer.from(await (await owner.api('GET', '/backup')).arrayBuffer())
const upload = (file: Buffer) =>
  fetch(`${server.url}/api/v1/backup`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${owner.accessToken}`, 'Content-Type': 'application/gzip' },
    body: new Uint8Array(file),
  })

test('a restored backup is what players and controllers get at once, on the same address', async () => {
  await send('in the backup')
  const file = await download()
  await send('after the backup')
  const before = await openTestStream(`${server.url}/api/v1/events`)
  const { epoch, last } = JSON.parse((await before.waitFor(isMeta('hello'))).data)

  const answer = await upload(file)
  expect(await answer.json()).toMatchObject({ success: true, code: 200 })
  await before.ended

  // What an EventSource does: it comes back with the last id it had.
  const back = await retry(() =>
    openTestStream(`${server.url}/api/v1/events`, { headers: { 'Last-Event-ID': last } }),
  )
  const hello = JSON.parse((await back.waitFor(isMeta('hello'))).data)
  expect(hello).toMatchObject({ reset: true, snapshot: { current: { data: { message: 'in the backup' } } } })
  expect(hello.epoch).not.toBe(epoch)
  await send('on goes the story')
  expect(textOf(await back.waitFor(isMessage))).toBe('on goes the story')
  back.close()
})

test('a broken file is refused in words, and the server goes on as it was', async () => {
  const stream = await openTestStream(`${server.url}/api/v1/events`)
  await stream.waitFor(isMeta('hello'))
  for (const file of [Buffer.from('not a backup'), (await download()).subarray(0, -9), Buffer.alloc(0)]) {
    const answer = await upload(file)
    expect(answer.status).toBe(400)
    expect((await answer.json()).msg).toMatch(/^this backup can’t be used: /)
  }
  await send('still here')
  expect(textOf(await stream.waitFor(isMessage))).toBe('still here')
  stream.close()
})

test('a token of the API may neither read nor replace all data', async () => {
  expect((await server.api('GET', '/backup')).status).toBe(403)
  expect((await server.api('POST', '/backup')).status).toBe(403)
})

/** The server is away for a moment while it begins anew. */
async function retry<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 10_000
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
}
