import type { Socket } from 'node:net'
import { addressKey } from './address.ts'

/** Connections that an address may have open beside its event streams. */
const BESIDE_STREAMS = 200

export interface ConnectionLimit {
  /** Counts the connection for as long as it is open. @returns false for one too many: it is to be closed. */
  take(socket: Socket): boolean
}

/**
 * Somebody who opens ten thousand connections and says nothing must not use up what the system gives to all. This
 * machine's own are not counted.
 * @param streams open event streams that one address may have; 0 = no limit.
 * @param behindProxy every connection is the proxy's: it has limits of its own.
 */
export function createConnectionLimit(streams: number, behindProxy: boolean): ConnectionLimit {
  const limit = streams === 0 || behindProxy ? Number.POSITIVE_INFINITY : streams + BESIDE_STREAMS
  const open = new Map<string, number>()

  return {
    take(socket) {
      const key = addressKey(socket.remoteAddress ?? '')
      if (key === null) return true
      const count = (open.get(key) ?? 0) + 1
      if (count > limit) return false
      open.set(key, count)
      socket.once('close', () => {
        const left = open.get(key)! - 1
        if (left === 0) open.delete(key)
        else open.set(key, left)
      })
      return true
    },
  }
}
