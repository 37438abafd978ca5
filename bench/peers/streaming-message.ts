import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { SERVER_FLAGS } from '../../scripts/run.ts'
import { withLoopDelay } from './loop-delay-report.ts'
import { publishBody } from './node-peers.ts'
import { firstLine, startNode, stopProcess } from './node-process.ts'
import type { Peer, RunningPeer } from './peer.ts'

const TOKEN = 'token-of-the-benchmark'
const root = resolve(import.meta.dirname, '../..')
const built = join(root, 'out/main/headless.js')

/** The built server where there is one: it is what people run. */
export const isBuilt = () => existsSync(built)

export const streamingMessage: Peer = {
  name: 'Streaming Message',
  what: 'the server as it is shipped; every message checked, stored (SQLite, `synchronous=FULL`) and numbered',
  start: () => startStreamingMessage(),
}

/** @param nodeOptions for profiling: `--cpu-prof`, which is written when the server ends by itself. */
export async function startStreamingMessage(
  options: { nodeOptions?: string[] } = {},
): Promise<RunningPeer & { token: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'streaming-message-bench-'))
  const entry = isBuilt() ? built : join(root, 'src/main/headless.ts')
  const delay = withLoopDelay()
  const profiled = options.nodeOptions !== undefined
  const child = startNode(
    [
      ...SERVER_FLAGS,
      ...delay.nodeOptions,
      ...(options.nodeOptions ?? []),
      entry,
      '--port',
      '0',
      '--data',
      dataDir,
    ],
    {
      cwd: dataDir,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        API_TOKEN: TOKEN,
        HITOKOTO_URL: 'http://127.0.0.1:9/',
        ...delay.env,
      },
    },
  )
  const port = Number(await firstLine(child, /^listening on http:.*:(\d+)$/))
  const events = '/api/v1/rooms/lobby/events'
  return {
    port,
    pid: child.pid!,
    token: TOKEN,
    loopDelay: delay.file,
    events: `${events}?since=now`,
    replay: `${events}?since=all`,
    publish: {
      port,
      path: '/api/v1/rooms/lobby/messages',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` },
      body: publishBody,
    },
    async stop() {
      await stopProcess(child, profiled ? 'SIGTERM' : 'SIGKILL')
      await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
