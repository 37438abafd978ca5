import { setTimeout as wait } from 'node:timers/promises'
import { startSwarm } from '../load/swarm.ts'
import { readLoopDelay } from '../peers/loop-delay-report.ts'
import type { Peer } from '../peers/peer.ts'
import { residentMemory } from '../peers/process-stats.ts'

/** A swarm process may open as many files as a server; two share the load. */
const SWARMS = 2

/**
 * Opens very many streams as fast as the server takes them, then lets them be.
 * @returns `refused`; `seconds` until all are open; `loop` p99 of the event loop's delay while idle, in ms (Node
 * servers only); `rss` in MiB.
 */
export async function connections(
  peer: Peer,
  { count, idleSeconds }: { count: number; idleSeconds: number },
): Promise<Record<string, number>> {
  const server = await peer.start()
  const swarms = Array.from({ length: SWARMS }, startSwarm)
  try {
    const began = performance.now()
    const opened = await Promise.all(
      swarms.map(swarm =>
        swarm.open({
          port: server.port,
          path: server.events,
          count: Math.floor(count / SWARMS),
          atOnce: 500,
          addresses: 4,
        }),
      ),
    )
    const seconds = (performance.now() - began) / 1000
    const result: Record<string, number> = {
      refused: opened.reduce((sum, { refused }) => sum + refused, 0),
      seconds,
    }
    if (server.loopDelay) {
      await readLoopDelay(server.loopDelay, server.pid)
      await wait(idleSeconds * 1000)
      result.loop = (await readLoopDelay(server.loopDelay, server.pid)).p99
    }
    result.rss = residentMemory(server.pid) / 1024 / 1024
    return result
  } finally {
    await Promise.all(swarms.map(swarm => swarm.close()))
    await server.stop()
  }
}
