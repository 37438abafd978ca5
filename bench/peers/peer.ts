import type { PublishTarget } from '../load/publisher.ts'

/** A server under measurement, in a process of its own. */
export interface RunningPeer {
  port: number
  pid: number
  /** The event stream's path: what comes from now on. */
  events: string
  /** The event stream's path with the whole history before it; absent where nothing is kept. */
  replay?: string
  /** Where the event loop's delay is written on demand; Node servers only. */
  loopDelay?: string
  publish: PublishTarget
  /** Resolves when it is gone. */
  stop(): Promise<void>
}

export interface Peer {
  name: string
  /** One line for the report: what it is, and what it does for a message. */
  what: string
  start(): Promise<RunningPeer>
}
