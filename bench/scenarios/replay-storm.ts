import { now } from '../load/messages.ts'
import { openPublisher } from '../load/publisher.ts'
import { startSwarm } from '../load/swarm.ts'
import type { Peer } from '../peers/peer.ts'

/**
 * All clients come back at once, as after a restart, and each gets everything it missed.
 * @returns `seconds` until the last client has its last event.
 */
export async function replayStorm(
  peer: Peer,
  { clients, missed }: { clients: number; missed: number },
): Promise<Record<string, number>> {
  const server = await peer.start()
  const swarm = startSwarm()
  try {
    if (!server.replay) throw new Error(`${peer.name} has no replay`)
    const publisher = await openPublisher(server.publish)
    for (let i = 0; i < missed; i++) await publisher.publish()
    publisher.close()
    const { received } = await swarm.expect(clients * missed)
    const began = now()
    await swarm.open({ port: server.port, path: server.replay, count: clients, atOnce: clients })
    const { at } = await received
    return { seconds: (at - began) / 1e6 }
  } finally {
    await swarm.close()
    await server.stop()
  }
}
