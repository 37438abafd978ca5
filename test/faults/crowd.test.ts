import { expect, test } from 'vitest'
import { stamp } from '../../bench/load/messages.ts'
import { startSwarm } from '../../bench/load/swarm.ts'
import { startTestServer } from '../support/server.ts'
import { scaled } from './scale.ts'

const CROWD = scaled(10_000, 500)
const MISSED = 5

test(`${CROWD} subscribers at once: none refused, each gets the line; after kill -9 all come back in a storm and each gets what it missed`, async () => {
  let server = await startTestServer()
  const swarm = startSwarm()
  const port = Number(new URL(server.url).port)
  const path = '/api/v1/rooms/lobby/events?since='
  expect(await swarm.open({ port, path: `${path}now`, count: CROWD, atOnce: CROWD })).toMatchObject({
    open: CROWD,
    refused: 0,
  })
  const send = async () =>
    (await (await server.api('POST', '/rooms/lobby/messages', { data: { message: stamp() } })).json()).message
      .id

  const { received } = await swarm.expect(CROWD)
  const last = await send()
  expect((await received).events).toBe(CROWD)

  await server.kill('SIGKILL')
  server = await server.restart()
  for (let i = 0; i < MISSED; i++) await send()
  const back = await swarm.expect(CROWD * MISSED)
  const storm = await swarm.open({ port, path: path + last, count: CROWD, atOnce: CROWD })
  expect(storm).toMatchObject({ open: CROWD, refused: 0 })
  expect((await back.received).events).toBe(CROWD * MISSED)
  // One more for each, and no byte of an event too many: repeats would be counted here.
  const more = await swarm.expect(CROWD)
  await send()
  expect((await more.received).events).toBe(CROWD)
  await swarm.close()
  await server.dispose()
})
