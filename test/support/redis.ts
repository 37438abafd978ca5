import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis, type RedisOptions } from 'ioredis'
import { eventually, freePort } from './ports.ts'

/** A Redis server of the test's own: real, on a free port, with its data in a temporary folder. */
export interface TestRedis {
  /** `redis://127.0.0.1:…`, the same after a restart. */
  url: string
  port: number
  process(): ChildProcess
  /** A client of the test's own; closed by `dispose`. */
  client(): Redis
  /** SIGSTOP: connections stay open, nothing answers. */
  freeze(): void
  thaw(): void
  /** `SIGKILL`: no chance to write anything down. */
  kill(): Promise<void>
  /** Starts it again, empty, on the same port. */
  start(): Promise<void>
  dispose(): Promise<void>
}

/**
 * @param args as on redis-server's command line, `['--cluster-enabled', 'yes']`.
 * @param login how the tests' own clients get in.
 */
export async function startTestRedis(args: string[] = [], login: RedisOptions = {}): Promise<TestRedis> {
  const dir = await mkdtemp(join(tmpdir(), 'streaming-message-redis-'))
  const port = await freePort()
  const clients: Redis[] = []
  let child = await launch(dir, port, args, login)

  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    port,
    process: () => child,
    client() {
      const client = new Redis(port, '127.0.0.1', { ...login, maxRetriesPerRequest: null })
      client.on('error', () => {})
      clients.push(client)
      return client
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
    async start() {
      child = await launch(dir, port, args, login)
    },
    async dispose() {
      for (const client of clients) client.disconnect()
      await redis.kill()
      await rm(dir, { recursive: true, force: true })
    },
  }
  return redis
}

async function launch(dir: string, port: number, args: string[], login: RedisOptions): Promise<ChildProcess> {
  const listen = login.tls ? ['--port', '0', '--tls-port'] : ['--port']
  const config = [...listen, String(port), '--bind', '127.0.0.1', '--save', '', '--dir', dir]
  return run(dir, [...config, ...args], port, login)
}

async function run(
  dir: string,
  args: string[],
  port: number,
  login: RedisOptions = {},
): Promise<ChildProcess> {
  const child = spawn('redis-server', args, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  child.stdout!.on('data', chunk => {
    printed += chunk
  })
  const gone = once(child, 'exit').then(() => {
    throw new Error(`redis-server ended:\n${printed}`)
  })
  await Promise.race([gone, eventually(() => ping(port, login))])
  gone.catch(() => {})
  return child
}

async function ping(port: number, login: RedisOptions): Promise<void> {
  const client = new Redis(port, '127.0.0.1', { ...login, lazyConnect: true, retryStrategy: () => null })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.ping()
  } finally {
    client.disconnect()
  }
}

/** A master, a replica and a sentinel that goes over to the replica when the master is gone. */
export async function startTestSentinel(): Promise<{
  /** `redis+sentinel://host:port/name`. */
  url: string
  master: TestRedis
  dispose(): Promise<void>
}> {
  const master = await startTestRedis()
  const replica = await startTestRedis(['--replicaof', '127.0.0.1', String(master.port)])
  const dir = await mkdtemp(join(tmpdir(), 'streaming-message-sentinel-'))
  const port = await freePort()
  const config = join(dir, 'sentinel.conf')
  await writeFile(
    config,
    [
      `port ${port}`,
      'bind 127.0.0.1',
      `sentinel monitor main 127.0.0.1 ${master.port} 1`,
      'sentinel down-after-milliseconds main 500',
      'sentinel failover-timeout main 2000',
    ].join('\n'),
  )
  const sentinel = await run(dir, [config, '--sentinel'], port)
  const client = new Redis(port, '127.0.0.1')
  await eventually(async () => {
    const replicas = (await client.call('SENTINEL', 'REPLICAS', 'main')) as unknown[]
    if (replicas.length === 0) throw new Error('the sentinel has not found the replica yet')
  })
  client.disconnect()
  return {
    url: `redis+sentinel://127.0.0.1:${port}/main`,
    master,
    async dispose() {
      sentinel.kill('SIGKILL')
      await Promise.all([master.dispose(), replica.dispose()])
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Three masters that share the hash slots. */
export async function startTestRedisCluster(): Promise<{
  /** `redis+cluster://host:port,host:port,host:port`. */
  url: string
  nodes: TestRedis[]
  dispose(): Promise<void>
}> {
  const nodes: TestRedis[] = []
  for (let i = 0; i < 3; i++) {
    // The bus listens at the port + 10,000 unless told otherwise, which may lie beyond 65,535.
    const bus = await freePort()
    nodes.push(await startTestRedis(['--cluster-enabled', 'yes', '--cluster-port', String(bus)]))
  }
  const clients = nodes.map(node => node.client())
  const slots = [0, 5461, 10923, 16384]
  for (const [index, client] of clients.entries()) {
    await client.call('CLUSTER', 'ADDSLOTSRANGE', slots[index]!, slots[index + 1]! - 1)
    if (index > 0) {
      await client.call('CLUSTER', 'MEET', '127.0.0.1', nodes[0]!.port, await busPortOf(clients[0]!))
    }
  }
  for (const client of clients) {
    await eventually(async () => {
      const info = (await client.call('CLUSTER', 'INFO')) as string
      if (!info.includes('cluster_state:ok') || !info.includes('cluster_known_nodes:3'))
        throw new Error(`the cluster is not whole yet:\n${info}`)
    })
  }
  return {
    url: `redis+cluster://${nodes.map(node => `127.0.0.1:${node.port}`).join(',')}`,
    nodes,
    dispose: async () => void (await Promise.all(nodes.map(node => node.dispose()))),
  }
}

async function busPortOf(client: Redis): Promise<number> {
  const [, value] = (await client.call('CONFIG', 'GET', 'cluster-port')) as [string, string]
  return Number(value)
}
