import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Peer } from './peer.ts'

const JSON_TYPE = { 'Content-Type': 'application/json' }

/** @param file a server beside this one that prints its port and serves `/events` and `/publish`. */
export function nodePeer(name: string, what: string, file: string): Peer {
  return {
    name,
    what,
    async start() {
      const child = spawn(process.execPath, [resolve(import.meta.dirname, 'servers', file)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const port = Number(await firstLine(child, /^(\d+)$/))
      return {
        port,
        pid: child.pid!,
        events: '/events',
        publish: { port, path: '/publish', headers: JSON_TYPE, body: publishBody },
        stop: () => stopProcess(child),
      }
    },
  }
}

export const publishBody = (text: string) => JSON.stringify({ speaker: 'bench', data: { message: text } })

/** @returns the first group of the first line that fits. @throws where the process ends before. */
export function firstLine(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', line => {
      const match = pattern.exec(line)
      if (match) resolve(match[1]!)
    })
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`${child.spawnfile} ended with ${code}`)))
  })
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

export const bareSockets = nodePeer(
  'bare sockets',
  'node:http and node:net; one buffer a message, shared by all sockets; stores nothing',
  'bare-sockets.ts',
)
export const resWrite = nodePeer(
  'res.write',
  'Express 5, `res.write` for each subscriber; stores nothing',
  'res-write.ts',
)
export const betterSse = nodePeer(
  'better-sse',
  'Express 5 and better-sse, `channel.broadcast`; stores nothing',
  'better-sse.ts',
)
