import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import type { SwarmCommand, SwarmReport } from './messages.ts'

type Opened = Extract<SwarmReport, { type: 'opened' }>
type Received = Extract<SwarmReport, { type: 'received' }>

export interface Swarm {
  /**
   * Opens streams beside those that are open; resolves when each has its head, or has given up. `refused` counts
   * attempts: a stream that gets no answer comes back.
   */
  open(to: SwarmTarget): Promise<Opened>
  /** Begins to count anew, from when it resolves; `received` resolves when that many events have come, over all streams. */
  expect(events: number, options?: { latency?: boolean }): Promise<{ received: Promise<Received> }>
  /** Cuts all streams. */
  cut(): Promise<void>
  close(): Promise<void>
}

export interface SwarmTarget {
  port: number
  /** The event stream's path and query. */
  path: string
  count: number
  /** Connections that wait for their head at a time. */
  atOnce?: number
  /** Loopback addresses that the streams come from. */
  addresses?: number
}

export function startSwarm(): Swarm {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'swarm-process.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  const waiting = new Map<SwarmReport['type'], (report: SwarmReport) => void>()
  child.on('message', (report: SwarmReport) => waiting.get(report.type)?.(report))

  const report = <Type extends SwarmReport['type']>(type: Type) =>
    new Promise<Extract<SwarmReport, { type: Type }>>(resolve =>
      waiting.set(type, resolve as (report: SwarmReport) => void),
    )
  const tell = (command: SwarmCommand) => void child.send(command)

  return {
    open({ port, path, count, atOnce = 100, addresses = 1 }) {
      const opened = report('opened')
      tell({ type: 'open', port, path, count, atOnce, addresses })
      return opened
    },
    async expect(events, { latency = false } = {}) {
      const expecting = report('expecting')
      const received = report('received')
      tell({ type: 'expect', events, latency })
      await expecting
      return { received }
    },
    async cut() {
      const cut = report('cut')
      tell({ type: 'cut' })
      await cut
    },
    async close() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
