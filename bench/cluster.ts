import { parseArgs } from 'node:util'
import { startTestPostgres } from '../test/support/postgres.ts'
import { startTestRedis } from '../test/support/redis.ts'
import { startTestServer, type TestServer } from '../test/support/server.ts'
import { openPublisher, type Publisher } from './load/publisher.ts'
import { startSwarm } from './load/swarm.ts'
import { publishBody } from './peers/node-peers.ts'
import { isBuilt } from './peers/streaming-message.ts'

/**
 * Fan-out across servers beside one server, all on this machine, with real Redis and PostgreSQL: the streams are
 * shared out evenly, everything is published at the first server. `far` = streams of the other servers.
 */
const { values: options } = parseArgs({ options: { smoke: { type: 'boolean', default: false } } })
const STREAMS = options.smoke ? 60 : 1_200
const BURST = options.smoke ? 100 : 2_000
const PUBLISHERS = 20
const PACED = options.smoke ? 20 : 200
/** Milliseconds between two lines: 20 a second, as in the other benchmarks. */
const PACE = 50
const EVENTS = '/api/v1/rooms/lobby/events?since=now'

interface Setup {
  name: string
  servers: number
  database: 'sqlite' | 'postgres'
  redis: boolean
}

const SETUPS: Setup[] = [
  { name: '1 server, SQLite', servers: 1, database: 'sqlite', redis: false },
  { name: '1 server, PostgreSQL', servers: 1, database: 'postgres', redis: false },
  { name: '1 server, PostgreSQL, Redis', servers: 1, database: 'postgres', redis: true },
  { name: '2 servers', servers: 2, database: 'postgres', redis: true },
  { name: '3 servers', servers: 3, database: 'postgres', redis: true },
]

const portOf = (server: TestServer) => Number(new URL(server.url).port)

function openPublishers(server: TestServer, count: number): Promise<Publisher[]> {
  const target = {
    port: portOf(server),
    path: '/api/v1/rooms/lobby/messages',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${server.token}` },
    body: publishBody,
  }
  return Promise.all(Array.from({ length: count }, () => openPublisher(target)))
}

const quantile = (sorted: number[], q: number) =>
  sorted[Math.min(Math.floor(sorted.length * q), sorted.length - 1)]!

/** @returns milliseconds: p50 and p99 from the publisher's write to the stream's read. */
async function paced(server: TestServer, swarm: ReturnType<typeof startSwarm>, streams: number) {
  const [publisher] = (await openPublishers(server, 1)) as [Publisher]
  const { received } = await swarm.expect(PACED * streams, { latency: true })
  for (let i = 0; i < PACED; i++) {
    const next = new Promise(resolve => setTimeout(resolve, PACE))
    await publisher.publish()
    await next
  }
  const latencies = (await received).latencies.map(microseconds => microseconds / 1_000).sort((a, b) => a - b)
  publisher.close()
  return [quantile(latencies, 0.5), quantile(latencies, 0.99)] as const
}

async function measure({ name, servers: count, database, redis }: Setup): Promise<string> {
  const postgres = database === 'postgres' ? await startTestPostgres() : null
  const carrier = redis ? await startTestRedis() : null
  const env = {
    MAX_STREAMS_PER_ADDRESS: '0',
    PUBLISH_LIMIT: '0',
    ...(postgres ? { DATABASE_URL: await postgres.createDatabase() } : {}),
    ...(carrier ? { REDIS_URL: carrier.url } : {}),
  }
  const servers: TestServer[] = []
  for (let i = 0; i < count; i++) servers.push(await startTestServer({ env, built: isBuilt() }))
  const [first] = servers as [TestServer]
  const near = startSwarm()
  const far = startSwarm()
  const each = STREAMS / count
  for (const [index, server] of servers.entries()) {
    const { refused } = await (index === 0 ? near : far).open({
      port: portOf(server),
      path: EVENTS,
      count: each,
    })
    if (refused > 0) throw new Error(`${refused} streams were refused`)
  }

  const publishers = await openPublishers(first, PUBLISHERS)
  const began = process.hrtime.bigint()
  const waits = [(await near.expect(BURST * each)).received]
  if (count > 1) waits.push((await far.expect(BURST * (STREAMS - each))).received)
  await Promise.all(
    publishers.map(async publisher => {
      for (let i = 0; i < BURST / PUBLISHERS; i++) await publisher.publish()
    }),
  )
  await Promise.all(waits)
  const seconds = Number(process.hrtime.bigint() - began) / 1e9
  for (const publisher of publishers) publisher.close()

  const [nearMedian, nearWorst] = await paced(first, near, each)
  const [farMedian, farWorst] = count > 1 ? await paced(first, far, STREAMS - each) : []
  for (const swarm of [near, far]) await swarm.close()
  for (const server of servers) await server.dispose()
  await carrier?.dispose()
  await postgres?.dispose()
  const ms = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(1))
  const perSecond = Math.round((BURST * STREAMS) / seconds).toLocaleString('en')
  return `| ${name} | ${perSecond} | ${Math.round(BURST / seconds).toLocaleString('en')} | ${ms(nearMedian)} / ${ms(nearWorst)} | ${ms(farMedian)} / ${ms(farWorst)} |`
}

console.log(
  `${STREAMS} streams shared out, ${PUBLISHERS} publishers at the first server, ${BURST} lines; then one publisher, 20 lines a second.\n`,
)
console.log('| | deliveries/s | lines/s | near: p50 / p99 ms | far: p50 / p99 ms |')
console.log('|---|---|---|---|---|')
for (const setup of SETUPS) console.log(await measure(setup))
process.exit(0)
