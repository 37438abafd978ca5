import { now } from '../load/messages.ts'
import { openPublisher } from '../load/publisher.ts'
import { startSwarm } from '../load/swarm.ts'
import type { Peer } from '../peers/peer.ts'
import { cpuTime } from '../peers/process-stats.ts'

interface FanOutOptions {
  subscribers: number
  publishers: number
  /** Messages in all. */
  messages: number
}

/**
 * Each publisher sends the next message when the last was accepted; the time runs until the last subscriber has
 * the last event.
 * @returns `deliveries` events received over all streams, a second; `messages` a second; `cpu` microseconds of the
 * server's CPU time for one delivery.
 */
export async function fanOut(peer: Peer, options: FanOutOptions): Promise<Record<string, number>> {
  const server = await peer.start()
  const swarm = startSwarm()
  try {
    const { open } = await swarm.open({
      port: server.port,
      path: server.events,
      count: options.subscribers,
    })
    if (open < options.subscribers) throw new Error(`${peer.name} opened ${open} streams only`)
    const publishers = await Promise.all(
      Array.from({ length: options.publishers }, () => openPublisher(server.publish)),
    )
    const run = async (messages: number) => {
      const { received } = await swarm.expect(messages * options.subscribers)
      const cpuBefore = cpuTime(server.pid)
      const began = now()
      let left = messages
      await Promise.all(
        publishers.map(async publisher => {
          while (left-- > 0) await publisher.publish()
        }),
      )
      const { events, at } = await received
      return { events, seconds: (at - began) / 1e6, cpu: (cpuTime(server.pid) - cpuBefore) * 1000 }
    }
    // Until the machine code is warm.
    await run(Math.max(options.publishers, Math.ceil(options.messages / 5)))
    const { events, seconds, cpu } = await run(options.messages)
    for (const publisher of publishers) publisher.close()
    return { deliveries: events / seconds, messages: options.messages / seconds, cpu: cpu / events }
  } finally {
    await swarm.close()
    await server.stop()
  }
}
