import { setTimeout as wait } from 'node:timers/promises'
import type { RunningServer } from './index.ts'

/** Milliseconds before a start that failed is tried again: its port may be taken for a moment, its database away. */
const RETRY = 1_000

/**
 * Runs a server that may begin anew in this process, as after a backup was restored: what it held in memory
 * goes, its port stays, its callers keep the same object.
 * @param start starts one; `port` is given where it must be that of the one before.
 * @param failed told why one could not begin anew; it is tried again.
 */
export async function restartable(
  start: (options: { port?: number; restart: () => void }) => Promise<RunningServer>,
  failed: (error: unknown) => void,
): Promise<RunningServer> {
  let restarting = Promise.resolve()
  let closing = false
  const restart = () => {
    restarting = restarting.then(async () => {
      const { port } = running
      await running.close()
      while (!closing) {
        try {
          running = await start({ port, restart })
          return
        } catch (error) {
          failed(error)
          await wait(RETRY)
        }
      }
    })
  }
  let running = await start({ restart })

  return {
    get url() {
      return running.url
    },
    get host() {
      return running.host
    },
    get port() {
      return running.port
    },
    addresses: () => running.addresses(),
    get apiToken() {
      return running.apiToken
    },
    get setupUrl() {
      return running.setupUrl
    },
    get resetUrl() {
      return running.resetUrl
    },
    ownerToken: () => running.ownerToken(),
    async close() {
      closing = true
      await restarting
      await running.close()
    },
  }
}
