import { setTimeout as wait } from 'node:timers/promises'
import { openPublisher } from '../load/publisher.ts'
import { startSwarm } from '../load/swarm.ts'
import type { Peer } from '../peers/peer.ts'
import { quantile } from '../report/statistics.ts'

/**
 * Messages at a steady rate, whatever the server does; each carries the time at which it was sent.
 * @param rate messages a second.
 * @returns `p50` and `p99` of the milliseconds from sending to each subscriber's receiving.
 */
export async function latency(
  peer: Peer,
  { subscribers, rate, seconds }: { subscribers: number; rate: number; seconds: number },
): Promise<Record<string, number>> {
  const server = await peer.start()
  const swarm = startSwarm()
  try {
    const { open } = await swarm.open({ port: server.port, path: server.events, count: subscribers })
    if (open < subscribers) throw new Error(`${peer.name} opened ${open} streams only`)
    const publisher = await openPublisher(server.publish)
    const run = async (messages: number) => {
      const { received } = await swarm.expect(messages * subscribers, { latency: true })
      const began = performance.now()
      for (let i = 0; i < messages; i++) {
        await wait(Math.max(began + (i * 1000) / rate - performance.now(), 0))
        await publisher.publish()
      }
      return received
    }
    await run(rate * Math.min(seconds, 1))
    const { latencies } = await run(rate * seconds)
    publisher.close()
    return { p50: quantile(latencies, 0.5) / 1000, p99: quantile(latencies, 0.99) / 1000 }
  } finally {
    await swarm.close()
    await server.stop()
  }
}
