import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startTestPostgres } from '../test/support/postgres.ts'
import { startTestRedis } from '../test/support/redis.ts'
import { startTestServer, type TestServer } from '../test/support/server.ts'
import { openPublisher, type Publisher } from './load/publisher.ts'
import { type Swarm, startSwarm } from './load/swarm.ts'
import { publishBody } from './peers/node-peers.ts'
import { isBuilt } from './peers/streaming-message.ts'
import { quantile } from './report/statistics.ts'

/**
 * Fan-out across servers beside one server, all on this machine, with real Redis and PostgreSQL: the streams are
 * shared out evenly, everything is published at the first server. `far` = streams of the other servers.
 * Some two minutes; writes its part of docs/scaling.md (not with --smoke).
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

/** @returns milliseconds: p50 and p99 from the publisher's write to the stream's read. */
async function paced(server: TestServer, swarm: Swarm, streams: number) {
  const [publisher] = (await openPublishers(server, 1)) as [Publisher]
  const { received } = await swarm.expect(PACED * streams, { latency: true })
  for (let i = 0; i < PACED; i++) {
    const next = new Promise(resolve => setTimeout(resolve, PACE))
    await publisher.publish()
    await next
  }
  const latencies = (await received).latencies.map(microseconds => microseconds / 1_000)
  publisher.close()
  return [quantile(latencies, 0.5), quantile(latencies, 0.99)] as const
}

/** What a server says of itself: processor seconds since its start, bytes of memory. */
async function usageOf(servers: TestServer[]): Promise<{ cpu: number; memory: number }> {
  const texts = await Promise.all(servers.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()))
  const sum = (name: string) =>
    texts.reduce(
      (total, text) => total + Number(new RegExp(`^streaming_message_${name} (\\S+)`, 'm').exec(text)![1]),
      0,
    )
  return { cpu: sum('process_cpu_seconds_total'), memory: sum('process_resident_memory_bytes') }
}

interface Measured {
  setup: Setup
  /** Of all servers together. */
  deliveriesPerSecond: number
  linesPerSecond: number
  /** Microseconds of the servers' processors; what the databases use is not in it. */
  cpuPerDelivery: number
  /** Bytes. */
  memoryPerStream: number
  /** Milliseconds: p50 and p99. */
  near: readonly [number, number]
  far: readonly [number, number] | null
}

interface Started {
  servers: TestServer[]
  /** The streams of the first server. */
  near: Swarm
  /** Those of the others. */
  far: Swarm
}

/** @param keep takes along what must be ended, whatever comes of it. */
async function start(
  { servers: count, database, redis }: Setup,
  keep: (end: () => Promise<unknown>) => void,
): Promise<Started> {
  const postgres = database === 'postgres' ? await startTestPostgres() : null
  if (postgres) keep(postgres.dispose)
  const carrier = redis ? await startTestRedis() : null
  if (carrier) keep(carrier.dispose)
  const env = {
    MAX_STREAMS_PER_ADDRESS: '0',
    PUBLISH_LIMIT: '0',
    ...(postgres ? { DATABASE_URL: await postgres.createDatabase() } : {}),
    ...(carrier ? { REDIS_URL: carrier.url } : {}),
  }
  const servers: TestServer[] = []
  for (let i = 0; i < count; i++) {
    const server = await startTestServer({ env, built: isBuilt() })
    keep(server.dispose)
    servers.push(server)
  }
  const [near, far] = [startSwarm(), startSwarm()]
  for (const swarm of [near, far]) keep(swarm.close)
  return { servers, near, far }
}

async function measure(setup: Setup): Promise<Measured> {
  const ends: (() => Promise<unknown>)[] = []
  try {
    return await measureStarted(setup, await start(setup, end => void ends.unshift(end)))
  } finally {
    for (const end of ends) await end()
  }
}

async function measureStarted(setup: Setup, { servers, near, far }: Started): Promise<Measured> {
  const { servers: count } = setup
  const [first] = servers as [TestServer]
  const each = STREAMS / count
  const empty = await usageOf(servers)
  for (const [index, server] of servers.entries()) {
    const { open } = await (index === 0 ? near : far).open({
      port: portOf(server),
      path: EVENTS,
      count: each,
    })
    if (open < each) throw new Error(`${open} of ${each} streams opened`)
  }

  const publishers = await openPublishers(first, PUBLISHERS)
  const before = await usageOf(servers)
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
  const after = await usageOf(servers)
  for (const publisher of publishers) publisher.close()

  const nearTimes = await paced(first, near, each)
  const farTimes = count > 1 ? await paced(first, far, STREAMS - each) : null
  return {
    setup,
    deliveriesPerSecond: (BURST * STREAMS) / seconds,
    linesPerSecond: BURST / seconds,
    cpuPerDelivery: ((after.cpu - before.cpu) * 1e6) / (BURST * STREAMS),
    memoryPerStream: (before.memory - empty.memory) / STREAMS,
    near: nearTimes,
    far: farTimes,
  }
}

const whole = (value: number) => Math.round(value).toLocaleString('en')

function row({ setup, ...values }: Measured): string {
  const times = (pair: readonly [number, number] | null) =>
    pair ? pair.map(ms => ms.toFixed(1)).join(' / ') : '–'
  const { deliveriesPerSecond, linesPerSecond, cpuPerDelivery, near, far } = values
  const cells = [setup.name, whole(deliveriesPerSecond), whole(linesPerSecond), cpuPerDelivery.toFixed(2)]
  return `| ${[...cells, times(near), times(far)].join(' | ')} |`
}

/** What follows from one server's figures, for the arithmetic. */
function summary(all: Measured[]): string {
  const joined = all.find(({ setup }) => setup.servers === 1 && setup.redis)!
  const perCore = 1e6 / joined.cpuPerDelivery
  return [
    `One server of a cluster: ${joined.cpuPerDelivery.toFixed(2)} µs of processor a delivery while twenty publish at once, so one core hands out some **${whole(perCore)} deliveries a second**; ${(joined.memoryPerStream / 1_024).toFixed(1)} KiB of memory a stream (of ${whole(STREAMS)}, the first ones; performance.md has it for many).`,
    `With 20,000 streams on a server, a room can take ${whole(perCore / 20_000)} lines a second at that pace, and the last viewer sees a line ${(20_000 / perCore).toFixed(2)} s after the first.`,
  ].join('\n')
}

const MARKS = ['<!-- bench/cluster.ts writes from here -->', '<!-- to here -->'] as const

function writeDocs(text: string): void {
  const file = join(import.meta.dirname, '../docs/scaling.md')
  const docs = readFileSync(file, 'utf8')
  const [from, to] = MARKS.map(mark => docs.indexOf(mark)) as [number, number]
  if (from < 0 || to < from)
    throw new Error('docs/scaling.md has lost the marks between which this is written')
  writeFileSync(file, `${docs.slice(0, from)}${MARKS[0]}\n${text}\n${docs.slice(to)}`)
}

const measured: Measured[] = []
// A smoke run shows one server, one with the databases, and two: the others are the same once more.
const skipped = options.smoke ? ['1 server, PostgreSQL', '3 servers'] : []
for (const setup of SETUPS.filter(({ name }) => !skipped.includes(name))) measured.push(await measure(setup))
const text = [
  `${STREAMS} streams shared out, ${PUBLISHERS} publishers at the first server, ${BURST} lines; then one publisher, 20 lines a second. ${cpus().length} cores, Node ${process.versions.node}.`,
  '',
  '| | deliveries/s | lines/s | server µs a delivery | near: p50 / p99 ms | far: p50 / p99 ms |',
  '|---|---|---|---|---|---|',
  ...measured.map(row),
  '',
  summary(measured),
].join('\n')
console.log(text)
if (!options.smoke) writeDocs(text)
process.exit(0)
