import { resolve } from 'node:path'
import { withLoopDelay } from './loop-delay-report.ts'
import { firstLine, startNode, stopProcess } from './node-process.ts'
import type { Peer } from './peer.ts'

/** @param file a server in `servers/` that prints its port and serves `/events` and `/publish`. */
function nodePeer(name: string, what: string, file: string): Peer {
  return {
    name,
    what,
    async start() {
      const delay = withLoopDelay()
      const child = startNode([...delay.nodeOptions, resolve(import.meta.dirname, 'servers', file)], {
        env: { PATH: process.env.PATH, ...delay.env },
      })
      const port = Number(await firstLine(child, /^(\d+)$/))
      return {
        port,
        pid: child.pid!,
        loopDelay: delay.file,
        events: '/events',
        publish: {
          port,
          path: '/publish',
          headers: { 'Content-Type': 'application/json' },
          body: publishBody,
        },
        stop: () => stopProcess(child),
      }
    },
  }
}

export const publishBody = (text: string) => JSON.stringify({ speaker: 'bench', data: { message: text } })

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
