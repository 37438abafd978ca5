import type { Peer } from '../peers/peer.ts'
import { settled } from './memory.ts'

/** @returns `seconds` from the start of the process until it listens; `rss` in MiB at rest. */
export async function startUp(peer: Peer): Promise<Record<string, number>> {
  const began = performance.now()
  const server = await peer.start()
  const seconds = (performance.now() - began) / 1000
  try {
    return { seconds, rss: (await settled(server.pid)) / 1024 / 1024 }
  } finally {
    await server.stop()
  }
}
