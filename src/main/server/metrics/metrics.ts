import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Backplane } from '../backplane/index.ts'
import type { RoomLog } from '../messages/index.ts'
import { type Hub, streamStats } from '../sse/index.ts'
import type { PoolState } from '../store/index.ts'

/** What Prometheus asks for. */
export interface Metrics {
  contentType: string
  text(): Promise<string>
  /** Counts and times what goes through. */
  watchLog(log: RoomLog): RoomLog
  gapFilled(): void
}

interface MetricParts {
  backplane: Backplane
  hub: Hub
  /** The connections to PostgreSQL; null with SQLite. */
  pool: (() => PoolState) | null
  /** True where servers are joined by Redis. */
  joined: boolean
  version: string
}

/** Seconds; what a line takes on its way, from a tenth of a millisecond to a stall. */
const BUCKETS = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

export function createMetrics({ backplane, hub, joined, pool, version }: MetricParts): Metrics {
  const registry = new Registry()
  // The process: memory, processor, event loop lag, garbage collection, handles.
  collectDefaultMetrics({ register: registry, prefix: 'streaming_message_' })
  const registers = [registry]
  const name = (rest: string) => `streaming_message_${rest}`

  new Gauge({
    name: name('info'),
    help: 'The version, as a label.',
    labelNames: ['version', 'node'],
    registers,
  }).set({ version, node: backplane.node }, 1)
  new Gauge({
    name: name('subscribers'),
    help: 'Open event streams, by role.',
    labelNames: ['role'],
    registers,
    collect() {
      this.reset()
      for (const room of hub.rooms()) for (const { info } of hub.inRoom(room)) this.inc({ role: info.role })
    },
  })
  new Gauge({
    name: name('rooms_open'),
    help: 'Rooms and devices with an open stream.',
    registers,
    collect() {
      this.set([...hub.rooms()].length)
    },
  })
  counterOf('stream_drops_total', 'Streams cut because their client did not read.', () => streamStats.dropped)
  counterOf(
    'deliveries_total',
    'Events handed to a stream, each counted for each stream.',
    () => streamStats.delivered,
  )
  counterOf(
    'replayed_events_total',
    'Events read from the history for streams that came back.',
    () => streamStats.replayed,
  )
  const published = new Counter({
    name: name('published_events_total'),
    help: 'Events stored: lines, their pieces, retractions.',
    registers,
  })
  const failed = new Counter({
    name: name('publish_failures_total'),
    help: 'Events that could not be stored.',
    registers,
  })
  const latency = new Histogram({
    name: name('publish_seconds'),
    help: 'From the acceptance of an event until it is stored and on its way to the streams.',
    buckets: BUCKETS,
    registers,
  })
  const gaps = new Counter({
    name: name('gaps_filled_total'),
    help: 'Times that an event of another server did not come by itself and was fetched.',
    registers,
  })
  if (joined) {
    gaugeOf('redis_up', '1 while Redis carries events between the servers.', () =>
      backplane.healthy ? 1 : 0,
    )
    gaugeOf(
      'redis_lag_seconds',
      'What the last message took through Redis and back.',
      () => (backplane.lag ?? 0) / 1_000,
    )
  }
  if (pool) {
    gaugeOf('postgres_up', '1 while PostgreSQL answers.', () => (pool().up ? 1 : 0))
    gaugeOf('postgres_connections', 'Connections to PostgreSQL that are open.', () => pool().open)
    gaugeOf('postgres_connections_idle', 'Those of them that nobody uses.', () => pool().idle)
    gaugeOf('postgres_waiting', 'Queries that wait for a connection.', () => pool().waiting)
  }

  function gaugeOf(rest: string, help: string, value: () => number) {
    new Gauge({
      name: name(rest),
      help,
      registers,
      collect() {
        this.set(value())
      },
    })
  }

  /** A counter whose value is kept elsewhere, where counting must cost nothing. */
  function counterOf(rest: string, help: string, value: () => number) {
    new Counter({
      name: name(rest),
      help,
      registers,
      collect() {
        this.reset()
        this.inc(value())
      },
    })
  }

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    watchLog: log => ({
      ...log,
      async write(room, entry, key) {
        const began = performance.now()
        try {
          const written = await log.write(room, entry, key)
          latency.observe((performance.now() - began) / 1_000)
          if (!written.repeated) published.inc()
          return written
        } catch (error) {
          failed.inc()
          throw error
        }
      },
    }),
    gapFilled: () => gaps.inc(),
  }
}
