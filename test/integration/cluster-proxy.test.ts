import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCluster, type TestCluster } from '../support/cluster.ts'
import { follow, publish } from '../support/cluster-load.ts'
import { isMeta, openTestStream } from '../support/events.ts'
import { startTestProxy } from '../support/nginx.ts'
import { reportOf } from '../support/player-report.ts'
import { eventually } from '../support/ports.ts'

let cluster: TestCluster
let proxy: Awaited<ReturnType<typeof startTestProxy>>
beforeAll(async () => {
  cluster = await startTestCluster(2, { TRUST_PROXY: '1' })
  proxy = await startTestProxy(cluster.servers.map(server => server.url))
})
afterAll(async () => {
  await proxy.dispose()
  await cluster.dispose()
})

test('behind the proxy events come at once, reports find their stream without sticky sessions, and the client’s address is known', async () => {
  const [server] = cluster.servers
  const report = reportOf()
  for (let i = 0; i < 4; i++) {
    const stream = await openTestStream(`${proxy.url}/api/v1/events`, {
      headers: { 'X-Forwarded-For': '203.0.113.7' },
    })
    const { subscriber } = JSON.parse((await stream.waitFor(isMeta('hello'))).data)
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream')
    for (let turn = 0; turn < 4; turn++) {
      const response = await fetch(`${proxy.url}/api/v1/rooms/lobby/subscribers/${subscriber}/report`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(report),
      })
      expect(response.status).toBe(204)
    }
    const listed = await (await server!.api('GET', '/rooms/lobby/subscribers')).json()
    expect(listed.subscribers.map((one: { address: string }) => one.address)).toContain('127.0.0.1')
    stream.close()
    await eventually(async () =>
      expect((await (await server!.api('GET', '/rooms/lobby/subscribers')).json()).subscribers).toEqual([]),
    )
  }
})

/** Milliseconds for fifty lines on a machine that is busy with browsers. */
const PATIENCE = 60_000

test('a rolling restart, one server after the other, is felt by nobody', async () => {
  const urls = () => [proxy.url]
  const followers = Array.from({ length: 6 }, () => follow(urls, 'lobby', 0))
  const publishers = Array.from({ length: 3 }, () => publish(urls, 'lobby', 0))
  const accepted = () => publishers.reduce((sum, one) => sum + one.accepted.length, 0)
  await eventually(() => expect(accepted()).toBeGreaterThan(100))
  for (const [index, server] of cluster.servers.entries()) {
    await server.kill('SIGTERM')
    const alone = accepted()
    await eventually(() => expect(accepted()).toBeGreaterThan(alone + 50), PATIENCE)
    cluster.servers[index] = await server.restart()
    const back = accepted()
    await eventually(() => expect(accepted()).toBeGreaterThan(back + 50), PATIENCE)
  }
  await Promise.all(publishers.map(one => one.stop()))
  const seqs = publishers.flatMap(one => one.accepted).sort((a, b) => a - b)
  await Promise.all(followers.map(one => one.reached(seqs.at(-1)!)))
  expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, i) => i + 1))
  for (const follower of followers) {
    expect(follower.seqs).toEqual(seqs)
    follower.stop()
  }
}, 300_000)
