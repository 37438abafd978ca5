import { setTimeout as wait } from 'node:timers/promises'
import { startSwarm } from '../load/swarm.ts'
import type { Peer } from '../peers/peer.ts'
import { residentMemory } from '../peers/process-stats.ts'

/**
 * What each further idle subscriber adds to the server's resident memory: the growth from a first tenth, which
 * pays for buffers and machine code, to all of them.
 * @returns `memory` in KiB a subscriber.
 */
export async function memory(
  peer: Peer,
  { subscribers }: { subscribers: number },
): Promise<Record<string, number>> {
  const server = await peer.start()
  const swarm = startSwarm()
  try {
    const first = Math.ceil(subscribers / 10)
    await swarm.open({ port: server.port, path: server.events, count: first })
    const before = await settled(server.pid)
    await swarm.open({ port: server.port, path: server.events, count: subscribers - first })
    const after = await settled(server.pid)
    return { memory: (after - before) / 1024 / (subscribers - first) }
  } finally {
    await swarm.close()
    await server.stop()
  }
}

/** @returns resident memory once it has stood still for a second: collections come when the work has stopped. */
export async function settled(pid: number): Promise<number> {
  let last = 0
  let since = performance.now()
  for (;;) {
    const bytes = residentMemory(pid)
    if (Math.abs(bytes - last) > 256 * 1024) since = performance.now()
    last = bytes
    if (performance.now() - since > 1_000) return bytes
    await wait(100)
  }
}
