import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startTestServer } from '../support/server.ts'
import { openResumingClient, sendUntilAccepted } from './resuming-client.ts'
import { scaled } from './scale.ts'

const ROUNDS = scaled(20, 2)
const CLIENTS = 50
const PUBLISHERS = 8

test(`kill -9 under load, ${ROUNDS} rounds, ${CLIENTS} clients: nothing lost, nothing twice, for anybody`, async () => {
  let server = await startTestServer()
  const { url, token } = server
  const clients = Array.from({ length: CLIENTS }, () => openResumingClient(`${url}/api/v1/events?since=all`))
  await expect.poll(() => clients.every(client => client.connections > 0), { timeout: 30_000 }).toBe(true)

  let killing = true
  const accepted: string[] = []
  const publishing = Array.from({ length: PUBLISHERS }, async (_, publisher) => {
    for (let i = 0; killing; i++) {
      accepted.push(await sendUntilAccepted(url, token, `${publisher}:${i}`, `key-${publisher}-${i}`))
    }
  })
  for (let round = 0; round < ROUNDS; round++) {
    const before = accepted.length
    await expect.poll(() => accepted.length, { timeout: 60_000 }).toBeGreaterThan(before + 30)
    // In the middle of whatever it does: the moment differs from round to round.
    await wait(Math.random() * 50)
    await server.kill('SIGKILL')
    server = await server.restart()
  }
  killing = false
  await Promise.all(publishing)

  const history: string[] = []
  for (let before = ''; ; ) {
    const page = await (
      await server.api('GET', `/rooms/lobby/messages?limit=500${before && `&before=${before}`}`)
    ).json()
    history.push(...page.messages.map((message: { data: { message: string } }) => message.data.message))
    if (!page.next) break
    before = page.next
  }
  // Each publisher's every line stands there once, retries or not.
  expect(new Set(history).size).toBe(history.length)
  expect(history.length).toBe(accepted.length)
  expect(new Set(accepted).size).toBe(accepted.length)

  const epoch = accepted[0]!.split('-')[0]
  const all = accepted.map((_, i) => `${epoch}-${i + 1}`)
  for (const client of clients) {
    await client.has(all.at(-1)!)
    expect(client.ids).toEqual(all)
    expect(client.resets).toBe(0)
    client.close()
  }
  await server.dispose()
})
