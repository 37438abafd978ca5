import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { follow, publish } from '../support/cluster-load.ts'
import { eventually, freePort } from '../support/ports.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { startTestRedis, startTestRedisCluster, startTestSentinel, type TestRedis } from '../support/redis.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startTestPostgres()
})
afterAll(() => postgres.dispose())

async function startTwo(REDIS_URL: string): Promise<[TestServer, TestServer]> {
  const env = { DATABASE_URL: await postgres.createDatabase(), REDIS_URL }
  return [await startTestServer({ env }), await startTestServer({ env })]
}

/** Publishes at one server and listens at the other until 100 lines more have come; all of them, once, in order. */
async function exchange([a, b]: [TestServer, TestServer]): Promise<void> {
  const follower = follow(() => [b.url], 'lobby', 0)
  const publisher = publish(() => [a.url], 'lobby', 0)
  await eventually(() => expect(publisher.accepted.length).toBeGreaterThan(100))
  await publisher.stop()
  const last = publisher.accepted.at(-1)!
  await follower.reached(last)
  expect(follower.seqs).toEqual(Array.from({ length: last }, (_, i) => i + 1))
  follower.stop()
}

const gapsFilled = async (server: TestServer) =>
  Number(
    /^streaming_message_gaps_filled_total (\d+)/m.exec(
      await (await fetch(`${server.url}/metrics`)).text(),
    )?.[1],
  )

const redisState = async (server: TestServer) =>
  (await (await fetch(`${server.url}/readyz`)).json()).redis as string

test('a Redis cluster joins servers; each room’s channel and recent past lie in one hash slot', async () => {
  const redis = await startTestRedisCluster()
  const servers = await startTwo(redis.url)
  await exchange(servers)
  expect(await redisState(servers[0])).toBe('ok')
  // It came by itself: the sharded channels work.
  expect(await gapsFilled(servers[1])).toBeLessThan(10)
  for (const server of servers) await server.dispose()
  await redis.dispose()
})

test('sentinels lead to the master, and to the next one when that is gone', async () => {
  const redis = await startTestSentinel()
  const servers = await startTwo(redis.url)
  await exchange(servers)
  await redis.master.kill()
  // Whether Redis is missed already, or its successor is there already: lines go on.
  await exchange(servers)
  await eventually(async () => expect(await redisState(servers[0])).toBe('ok'), 30_000)
  await exchange(servers)
  for (const server of servers) await server.dispose()
  await redis.dispose()
}, 60_000)

/** A certificate of our own for 127.0.0.1. @returns where it and its key lie. */
function makeCertificate(dir: string): { cert: string; key: string } {
  const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  })
  return { cert, key }
}

test('TLS, and a user of an ACL who may do no more than the server needs', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'streaming-message-tls-'))
  const { cert, key } = makeCertificate(dir)
  const tls = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-auth-clients', 'no']
  const needed = '+ping +info +publish +subscribe +unsubscribe +xadd +xtrim +xrevrange +pexpire +client'
  const rules = `on >p%ss ~streaming-message:* &streaming-message:* &sse_topic_* ${needed}`
  const user = ['--user', 'streaming', ...rules.split(' ')]
  const redis = await startTestRedis([...tls, ...user, '--requirepass', 'secret'], {
    password: 'secret',
    tls: { rejectUnauthorized: false },
  })
  const REDIS_URL = `rediss://streaming:p%25ss@127.0.0.1:${redis.port}`
  const DATABASE_URL = await postgres.createDatabase()
  // A certificate that nobody vouches for is not believed.
  expect(await startError({ REDIS_URL, DATABASE_URL })).toMatch(
    /^REDIS_URL: Redis does not answer \(.*certificate.*\): check/,
  )
  const env = { REDIS_URL, DATABASE_URL, NODE_EXTRA_CA_CERTS: cert }
  const servers: [TestServer, TestServer] = [await startTestServer({ env }), await startTestServer({ env })]
  await exchange(servers)
  expect(await gapsFilled(servers[1])).toBeLessThan(10)
  expect(await redisState(servers[0])).toBe('ok')
  for (const server of servers) await server.dispose()
  await redis.dispose()
  await rm(dir, { recursive: true })
}, 60_000)

test('a room’s recent past is a Redis Stream that expires; servers of another database on the same Redis hear nothing', async () => {
  const redis = await startTestRedis()
  const [a, b] = await startTwo(redis.url)
  const others = await startTwo(redis.url)
  const [other] = others
  const deaf = follow(() => [other.url], 'lobby', 0)
  await exchange([a, b])
  const client = redis.client()
  const keys = await client.keys('*')
  expect(keys).toHaveLength(1)
  expect(await client.type(keys[0]!)).toBe('stream')
  expect(await client.pttl(keys[0]!)).toBeGreaterThan(0)
  expect(deaf.seqs).toEqual([])
  deaf.stop()
  for (const server of [a, b, ...others]) await server.dispose()
  await redis.dispose()
})

const wrongStarts: [what: string, line: RegExp, url: () => Promise<string>][] = [
  ['nonsense', /^REDIS_URL is wrong: must be redis:/, async () => 'nonsense'],
  [
    'sentinels without a name',
    /^REDIS_URL is wrong: must be redis:/,
    async () => 'redis+sentinel://127.0.0.1:1',
  ],
  [
    'nothing there',
    /^REDIS_URL: Redis does not answer \(.*ECONNREFUSED.*\): check/,
    async () => `redis://127.0.0.1:${await freePort()}`,
  ],
  [
    'a wrong password',
    /^REDIS_URL: Redis does not answer \(.*(?:NOAUTH|WRONGPASS).*\): check/,
    async () => `redis://:wrong@127.0.0.1:${await lockedRedis()}`,
  ],
]

let locked: TestRedis | undefined
afterAll(() => locked?.dispose())
async function lockedRedis(): Promise<number> {
  locked = await startTestRedis()
  await locked.client().config('SET', 'requirepass', 'secret')
  return locked.port
}

async function startError(env: Record<string, string>): Promise<string> {
  const error = await startTestServer({ env }).catch(error => error as Error)
  const lines = (error as Error).message.trim().split('\n')
  // The fixture's own line, and the server's.
  expect(lines).toHaveLength(2)
  return lines[1]!
}

test.each(wrongStarts)('%s: the start ends with one line that names REDIS_URL', async (_what, line, url) => {
  const DATABASE_URL = await postgres.createDatabase()
  expect(await startError({ REDIS_URL: await url(), DATABASE_URL })).toMatch(line)
})

test('Redis without PostgreSQL is refused: SQLite files can’t agree on an order', async () => {
  expect(await startError({ REDIS_URL: 'redis://127.0.0.1:6379' })).toMatch(
    /^REDIS_URL is given without DATABASE_URL/,
  )
})
