import type { Peer } from '../peers/peer.ts'
import { settled } from './memory.ts'

/**
 * @param stillFor milliseconds for which the memory must stand still to be that at rest
 * @returns `seconds` from the start of the process until it listens; `rss` in MiB at rest.
 */
export async function startUp(
  peer: Peer,
  { stillFor }: { stillFor: number },
): Promise<Record<string, number>> {
  const began = performance.now()
  const server = await peer.start()
  const seconds = (performance.now() - began) / 1000
  try {
    return { seconds, rss: (await settled(server.pid, stillFor)) / 1024 / 1024 }
  } finally {
    await server.stop()
  }
}
