import { setTimeout as wait } from 'node:timers/promises'
import { startSwarm } from '../load/swarm.ts'
import type { Peer, RunningPeer } from '../peers/peer.ts'
import { residentMemory } from '../peers/process-stats.ts'

/**
 * What each further idle subscriber adds to the server's resident memory: the growth from a first tenth, which
 * pays for buffers and machine code, to all of them.
 * @returns KiB a subscriber: `opened` as soon as all are open, garbage of their opening and all; `memory` after a
 * collection that gives back the space for new objects too. It comes by itself once a server is idle for 8 s, and is
 * asked for in Node's servers so that nobody has to wait.
 * @param stillFor as {@link settled} takes it
 */
export async function memory(
  peer: Peer,
  { subscribers, stillFor }: { subscribers: number; stillFor: number },
): Promise<Record<string, number>> {
  const server = await peer.start()
  const swarm = startSwarm()
  try {
    const first = Math.ceil(subscribers / 10)
    const each = (bytes: number) => bytes / 1024 / (subscribers - first)
    await swarm.open({ port: server.port, path: server.events, count: first })
    const before = await collected(server, stillFor)
    await swarm.open({ port: server.port, path: server.events, count: subscribers - first })
    const opened = await settled(server.pid, stillFor)
    return { opened: each(opened - before), memory: each((await collected(server, stillFor)) - before) }
  } finally {
    await swarm.close()
    await server.stop()
  }
}

async function collected({ pid, loopDelay }: RunningPeer, stillFor: number): Promise<number> {
  if (loopDelay) process.kill(pid, 'SIGCONT')
  return settled(pid, stillFor)
}

/**
 * @param stillFor milliseconds
 * @returns resident memory, in bytes, once it has stood still for so long: collections come when the work has stopped
 */
export async function settled(pid: number, stillFor: number): Promise<number> {
  let last = 0
  let since = performance.now()
  for (;;) {
    const bytes = residentMemory(pid)
    if (Math.abs(bytes - last) > 256 * 1024) since = performance.now()
    last = bytes
    if (performance.now() - since > stillFor) return bytes
    await wait(100)
  }
}
