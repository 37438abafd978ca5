import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { eventually, freePort } from './ports.ts'

/** A PostgreSQL server of the test's own: real, on a free port, with its data in a temporary folder. */
export interface TestPostgres {
  port: number
  /** Makes a new, empty database. @returns its `postgres://…` address. */
  createDatabase(): Promise<string>
  /** SIGSTOP to the server and its backends: connections stay open, nothing answers. */
  freeze(): void
  thaw(): void
  /** `SIGINT`: connections are cut, the server ends. */
  stop(): Promise<void>
  /** Starts it again with its data on the same port. */
  start(): Promise<void>
  dispose(): Promise<void>
}

const USER = 'postgres'

/** initdb refuses to run as root; Debian's package has made the user. */
function owner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, USER]).toString())
  return { uid: id('-u'), gid: id('-g') }
}

/** Debian keeps these out of the path, in a folder for each version. */
function program(name: string): string {
  const base = '/usr/lib/postgresql'
  const version = readdirSync(base)
    .sort((a, b) => Number(b) - Number(a))
    .at(0)
  return join(base, version!, 'bin', name)
}

export async function startTestPostgres(): Promise<TestPostgres> {
  const dir = await mkdtemp(join(tmpdir(), 'streaming-message-postgres-'))
  const as = owner()
  if (as) chownSync(dir, as.uid, as.gid)
  const data = join(dir, 'data')
  const made = spawnSync(
    program('initdb'),
    ['-D', data, '-U', USER, '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...as, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb failed:\n${made.stderr}`)
  const port = await freePort()
  let child = await launch()
  let databases = 0

  async function launch(): Promise<ChildProcess> {
    const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: dir, fsync: 'off' }
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const started = spawn(program('postgres'), ['-D', data, ...args], {
      ...as,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let printed = ''
    started.stderr!.on('data', chunk => {
      printed += chunk
    })
    const gone = once(started, 'exit').then(() => {
      throw new Error(`postgres ended:\n${printed}`)
    })
    await Promise.race([gone, eventually(() => query('SELECT 1'))])
    gone.catch(() => {})
    return started
  }

  async function query(sql: string): Promise<void> {
    const client = new pg.Client({ host: '127.0.0.1', port, user: USER, database: 'postgres' })
    client.on('error', () => {})
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }

  /** Each backend leads a process group of its own, so the group's signal would miss them. */
  function signal(name: NodeJS.Signals) {
    for (const pid of childrenOf(child.pid!)) process.kill(pid, name)
    child.kill(name)
  }

  const server: TestPostgres = {
    port,
    async createDatabase() {
      const name = `test${++databases}`
      await query(`CREATE DATABASE ${name}`)
      return `postgres://${USER}@127.0.0.1:${port}/${name}`
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGINT')
      await gone
    },
    async start() {
      child = await launch()
    },
    async dispose() {
      await server.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
  return server
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => {
      try {
        // "pid (name) state ppid …", where the name may hold spaces.
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent
      } catch {
        return false
      }
    })
    .map(Number)
}
