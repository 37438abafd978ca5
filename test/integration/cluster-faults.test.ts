import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCluster, type TestCluster } from '../support/cluster.ts'
import { type Follower, follow, type Publisher, publish } from '../support/cluster-load.ts'
import { isMeta, openTestStream } from '../support/events.ts'
import { eventually } from '../support/ports.ts'
import type { TestServer } from '../support/server.ts'

/** Seconds between two faults. More by hand: `FAULT_PAUSE=60`. */
const PAUSE = Number(process.env.FAULT_PAUSE ?? 2) * 1_000
const FOLLOWERS = 12
const PUBLISHERS = 6

let cluster: TestCluster
let gone: TestServer[] = []
const urls = () => cluster.servers.filter(server => !gone.includes(server)).map(server => server.url)

beforeAll(async () => {
  cluster = await startTestCluster(3)
})
afterAll(() => cluster.dispose())

const ready = async (server: TestServer) => {
  const response = await fetch(`${server.url}/readyz`)
  return { status: response.status, body: await response.json() }
}

/** Waits until publishers and followers have moved on under the fault, and at least for the pause. */
async function goOn(publishers: Publisher[], followers: Follower[]): Promise<void> {
  const end = Date.now() + PAUSE
  const accepted = () => Math.max(...publishers.flatMap(one => one.accepted.at(-1) ?? 0))
  const target = accepted() + 50
  await eventually(() => expect(accepted()).toBeGreaterThan(target), 60_000)
  await Promise.all(followers.map(one => one.reached(target)))
  await eventually(() => expect(Date.now()).toBeGreaterThan(end), PAUSE + 1_000)
}

test(
  'three servers under load, while one is killed, Redis is frozen, killed and started again, and PostgreSQL restarts and freezes: every stream has each line once and in order',
  async () => {
    const followers = Array.from({ length: FOLLOWERS }, (_, i) => follow(urls, 'lobby', i))
    const publishers = Array.from({ length: PUBLISHERS }, (_, i) => publish(urls, 'lobby', i))
    const [a] = cluster.servers as [TestServer]
    await goOn(publishers, followers)

    const killed = cluster.servers[2]!
    gone = [killed]
    await killed.kill('SIGKILL')
    await goOn(publishers, followers)

    cluster.redis.freeze()
    await eventually(async () => expect((await ready(a)).body.redis).toBe('away'))
    expect((await ready(a)).status).toBe(200)
    await goOn(publishers, followers)
    cluster.redis.thaw()
    await eventually(async () => expect((await ready(a)).body.redis).toBe('ok'))
    await goOn(publishers, followers)

    const openController = () =>
      openTestStream(`${a.url}/api/v1/rooms/lobby/events?role=controller`, {
        headers: { Authorization: `Bearer ${a.token}` },
      })
    const controller = await openController()
    await controller.waitFor(isMeta('hello'))
    await cluster.redis.kill()
    await eventually(async () => expect((await ready(a)).body.redis).toBe('away'))
    expect(JSON.parse((await controller.waitFor(isMeta('cluster'))).data)).toEqual({
      type: 'cluster',
      redis: 'away',
    })
    const late = await openController()
    expect(JSON.parse((await late.waitFor(isMeta('cluster'))).data)).toMatchObject({ redis: 'away' })
    late.close()
    await goOn(publishers, followers)
    await cluster.redis.start()
    await controller.waitFor(event => isMeta('cluster')(event) && event.data.includes('back'))
    controller.close()
    await goOn(publishers, followers)

    await cluster.postgres.stop()
    await eventually(async () => expect((await ready(a)).status).toBe(503))
    await cluster.postgres.start()
    await goOn(publishers, followers)

    cluster.postgres.freeze()
    await eventually(async () => expect((await ready(a)).status).toBe(503))
    cluster.postgres.thaw()
    await goOn(publishers, followers)

    // A server more, in the middle of it all.
    await cluster.add()
    await goOn(publishers, followers)

    await Promise.all(publishers.map(one => one.stop()))
    const accepted = publishers.flatMap(one => one.accepted).sort((x, y) => x - y)
    const last = accepted.at(-1)!
    await Promise.all(followers.map(one => one.reached(last)))
    // No number given twice, none that was accepted missing, and nothing else in the room.
    expect(accepted).toEqual(Array.from({ length: last }, (_, i) => i + 1))
    for (const follower of followers) {
      expect(follower.seqs).toEqual(accepted)
      expect(follower.resets).toBe(0)
      follower.stop()
    }
    const retries = publishers.reduce((sum, one) => sum + one.retries, 0)
    console.log(
      `${last} lines, ${FOLLOWERS} streams: lost 0, twice 0, out of order 0; ${retries} requests sent again, ${followers.reduce((sum, one) => sum + one.reconnects, 0)} streams came back`,
    )
  },
  180_000 + PAUSE * 10,
)
