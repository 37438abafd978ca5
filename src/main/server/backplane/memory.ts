import { randomBytes } from 'node:crypto'
import type { Backplane, Carried, CarriedBatch } from './backplane.ts'
import { roomTopic } from './backplane.ts'

type Handler = (message: Carried) => void

/** What backplanes of one process share, where there are several: topics, and who listens. */
export interface Wire {
  ends: Set<Map<string, Handler>>
  recent: Map<string, CarriedBatch[]>
}

const createWire = (): Wire => ({ ends: new Set(), recent: new Map() })

/** For a server alone: nobody else listens. With a `wire`, for several in one process. */
export function createMemoryBackplane(wire: Wire = createWire()): Backplane {
  const topics = new Map<string, Handler>()
  wire.ends.add(topics)

  function publish(topic: string, message: Carried) {
    for (const end of wire.ends) {
      if (end !== topics) end.get(topic)?.(message)
    }
  }

  return {
    node: newNodeId(),
    healthy: true,
    lag: null,
    publish,
    publishBatch(room, batch) {
      if (wire.ends.size === 1) return
      wire.recent.set(room, [...(wire.recent.get(room) ?? []), batch].slice(-100))
      publish(roomTopic(room), { type: 'batch', room, ...batch })
    },
    async listen(topic, handler) {
      topics.set(topic, handler)
    },
    unlisten: topic => void topics.delete(topic),
    recent: async (room, after) => following(wire.recent.get(room) ?? [], after),
    announce: () => {},
    onHealth: () => {},
    async close() {
      wire.ends.delete(topics)
    },
  }
}

/** @returns 8 characters of base 36. */
export function newNodeId(): string {
  return randomBytes(6).readUIntBE(0, 6).toString(36).padStart(8, '0').slice(-8)
}

/** @returns those of the batches, in any order, that follow `after` and each other without a gap. */
export function following(batches: readonly CarriedBatch[], after: number): CarriedBatch[] {
  const chain: CarriedBatch[] = []
  let position = after
  for (const batch of batches.toSorted((a, b) => a.from - b.from)) {
    if (batch.to <= position) continue
    if (batch.from > position + 1) break
    chain.push(batch)
    position = batch.to
  }
  return chain
}
