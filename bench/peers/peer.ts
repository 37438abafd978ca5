import type { PublishTarget } from '../load/publisher.ts'

/** A server under measurement, in a process of its own. */
export interface RunningPeer {
  port: number
  pid: number
  /** The event stream's path. */
  events: string
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
