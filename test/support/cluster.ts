import { afterAll } from 'vitest'
import { startTestPostgres, type TestPostgres } from './postgres.ts'
import { startTestRedis, type TestRedis } from './redis.ts'
import { startTestServer, type TestServer } from './server.ts'

export interface TestCluster {
  servers: TestServer[]
  redis: TestRedis
  postgres: TestPostgres
  /** Starts one more on the same database and Redis. */
  add(): Promise<TestServer>
  dispose(): Promise<void>
}

/** Several servers on one PostgreSQL and one Redis, all real, all processes of their own. */
export async function startTestCluster(
  count: number,
  env: Record<string, string> = {},
): Promise<TestCluster> {
  const [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis()])
  const DATABASE_URL = await postgres.createDatabase()
  const servers: TestServer[] = []
  const add = async () => {
    const server = await startTestServer({ env: { DATABASE_URL, REDIS_URL: redis.url, ...env } })
    servers.push(server)
    return server
  }
  for (let i = 0; i < count; i++) await add()
  return {
    servers,
    redis,
    postgres,
    add,
    async dispose() {
      await Promise.all(servers.map(server => server.dispose()))
      await Promise.all([redis.dispose(), postgres.dispose()])
    },
  }
}

/** Two servers of a cluster for all the tests of a file; they end with it. */
export async function startTestPair(): Promise<{ cluster: TestCluster; a: TestServer; b: TestServer }> {
  const cluster = await startTestCluster(2)
  afterAll(() => cluster.dispose())
  const [a, b] = cluster.servers as [TestServer, TestServer]
  return { cluster, a, b }
}

/** @returns the id of a room of its own on these servers, whose rooms are numbered. */
export function roomMaker(server: TestServer): () => Promise<string> {
  let rooms = 0
  return async () => {
    const id = `room${rooms++}`
    const { status } = await server.api('POST', '/rooms', { id })
    if (status !== 201) throw new Error(`no room ${id}: ${status}`)
    return id
  }
}
