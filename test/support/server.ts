import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

export interface TestServer {
  url: string
  /** The server's own API token. */
  token: string
  dataDir: string
  process: ChildProcess
  /** What it has printed so far, both outputs. */
  output(): string
  /** `SIGKILL` unless said otherwise: no chance to tidy up. Resolves when the process is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Starts it again on the same data folder (and port, so that clients find it). */
  restart(env?: Record<string, string>, others?: Partial<TestServerOptions>): Promise<TestServer>
  /** Ends it and deletes its data. */
  dispose(): Promise<void>
  /** Calls the API with the server's token; `path` begins at `/api/v1`. */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
}

export interface TestServerOptions {
  env?: Record<string, string>
  dataDir?: string
  port?: number
  /** The built bundle instead of the sources; the environment's TEST_BUILT where absent. */
  built?: boolean
  /** Further options of the server. */
  args?: string[]
  /** Options of Node itself. */
  nodeOptions?: string[]
  /** KiB beyond which the server can't make a file grow, as on a full disk (POSIX). */
  fileSizeLimit?: number | undefined
}

const root = resolve(import.meta.dirname, '../..')
export const TEST_TOKEN = 'test-token-of-the-server'

/** Starts the real server as a process of its own on a free port; resolves when it listens. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'streaming-message-')))
  // `npm test` has built: the bundle is what ships, and starts in a third of the time.
  const built = options.built ?? Boolean(process.env.TEST_BUILT)
  const entry = built ? 'out/main/headless.js' : 'src/main/headless.ts'
  const child = spawn(
    ...limitFiles(options.fileSizeLimit, [
      process.execPath,
      ...(options.nodeOptions ?? []),
      join(root, entry),
      '--port',
      String(options.port ?? 0),
      '--data',
      dataDir,
      ...(options.args ?? []),
    ]),
    {
      // Not the repository: a developer's .env must not reach the tests.
      cwd: tmpdir(),
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        API_TOKEN: TEST_TOKEN,
        LOG_LEVEL: 'warn',
        // Nothing answers there: tests never reach a host of others.
        HITOKOTO_URL: 'http://127.0.0.1:9/',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let printed = ''
  child.stderr!.on('data', chunk => {
    printed += chunk
  })
  const url = await listening(
    child,
    line => {
      printed += `${line}\n`
    },
    () => printed,
  )

  const server: TestServer = {
    url,
    token: options.env?.API_TOKEN ?? TEST_TOKEN,
    dataDir,
    process: child,
    output: () => printed,
    async kill(signal = 'SIGKILL') {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill(signal)
      await once(child, 'exit')
    },
    async restart(env, others) {
      await server.kill('SIGTERM')
      return startTestServer({
        ...options,
        dataDir,
        port: Number(new URL(url).port),
        env: { ...options.env, ...env },
        ...others,
      })
    },
    async dispose() {
      await server.kill()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
    },
    api(method, path, body, headers) {
      return fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${server.token}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
    },
  }
  return server
}

/** @returns command and arguments that run `command` under the limit. */
function limitFiles(kib: number | undefined, command: string[]): [string, string[]] {
  if (kib === undefined) return [command[0]!, command.slice(1)]
  // POSIX counts in blocks of 512 bytes.
  return ['/bin/sh', ['-c', `ulimit -f ${kib * 2}; exec "$@"`, 'sh', ...command]]
}

/** @returns the address of the line `listening on …`. @throws with all output where the process ends before. */
function listening(
  child: ChildProcess,
  onLine: (line: string) => void,
  output: () => string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', line => {
      onLine(line)
      const match = /^listening on (http:\S+)/.exec(line)
      if (match) resolve(match[1]!)
    })
    child.once('exit', code => reject(new Error(`the server ended with ${code}:\n${output()}`)))
  })
}
