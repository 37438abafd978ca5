import type { RunningServer } from './index.ts'

/**
 * Runs a server that may begin anew in this process, as after a backup was restored: what it held in memory
 * goes, its port stays, its callers keep the same object.
 * @param start starts one; `port` is given where it must be that of the one before.
 */
export async function restartable(
  start: (options: { port?: number; restart: () => void }) => Promise<RunningServer>,
): Promise<RunningServer> {
  let restarting = Promise.resolve()
  const restart = () => {
    restarting = restarting.then(async () => {
      const { port } = running
      await running.close()
      running = await start({ port, restart })
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
      await restarting
      await running.close()
    },
  }
}
