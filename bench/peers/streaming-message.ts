import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { firstLine, publishBody, stopProcess } from './node-peer.ts'
import type { Peer, RunningPeer } from './peer.ts'

const TOKEN = 'token-of-the-benchmark'
const root = resolve(import.meta.dirname, '../..')
const built = join(root, 'out/main/headless.js')

/** The built server where there is one: it is what people run. */
export const serverEntry = () =>
  existsSync(built) && !process.env.BENCH_SOURCES ? built : join(root, 'src/main/headless.ts')

export const streamingMessage: Peer = {
  name: 'Streaming Message',
  what: 'the server as it is shipped; every message checked, stored (SQLite, `synchronous=FULL`) and numbered',
  start: () => startStreamingMessage(),
}

/** @param nodeOptions for profiling: `--cpu-prof`. */
export async function startStreamingMessage(
  options: { env?: Record<string, string>; nodeOptions?: string[] } = {},
): Promise<RunningPeer & { dataDir: string; token: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'streaming-message-bench-'))
  const child = spawn(
    process.execPath,
    [...(options.nodeOptions ?? []), serverEntry(), '--port', '0', '--data', dataDir],
    {
      cwd: dataDir,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        API_TOKEN: TOKEN,
        HITOKOTO_URL: 'http://127.0.0.1:9/',
        // The audience of a benchmark comes from one address.
        MAX_STREAMS: '100000',
        MAX_STREAMS_PER_ADDRESS: '100000',
        MAX_STREAMS_PER_ROOM: '100000',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const port = Number(await firstLine(child, /^listening on http:.*:(\d+)$/))
  return {
    port,
    pid: child.pid!,
    dataDir,
    token: TOKEN,
    events: '/api/v1/rooms/lobby/events?since=now',
    publish: {
      port,
      path: '/api/v1/rooms/lobby/messages',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` },
      body: publishBody,
    },
    async stop() {
      if (options.nodeOptions?.length) {
        child.kill('SIGTERM')
        await new Promise(done => child.once('exit', done))
      } else await stopProcess(child)
      await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
