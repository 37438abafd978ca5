import { type DatabaseTransaction, isOutcomeUnknown, type Store, takeTurn } from '../store/index.ts'

/** Runs work on the devices, one after another in the order of the calls, whatever server it is on. */
export type Transact = <T>(work: (tx: DatabaseTransaction) => Promise<T>) => Promise<T>

interface Job {
  run(tx: DatabaseTransaction): Promise<() => void>
  fail(error: unknown): void
}

/** Servers take turns at the devices. */
export const DEVICES = 'broker devices'

/** Jobs of one transaction. */
const MAX_JOBS = 200

/**
 * One transaction for everything that comes within a turn of the event loop: a thousand devices that come back at
 * once cost a few commits. Between servers a lock gives one order: no deadlock, no user twice online.
 */
export function createTurnTransaction({ db, kind }: Store): Transact {
  let queue: Job[] = []
  let flushing = false

  async function flushAll(): Promise<void> {
    flushing = true
    await new Promise(resolve => setImmediate(resolve))
    while (queue.length > 0) {
      const jobs = queue.slice(0, MAX_JOBS)
      queue = queue.slice(MAX_JOBS)
      await flush(jobs)
    }
    flushing = false
  }

  async function flush(jobs: Job[]): Promise<void> {
    try {
      const done = await db.transaction().execute(async tx => {
        await takeTurn(tx, kind, DEVICES)
        const after: (() => void)[] = []
        for (const job of jobs) after.push(await job.run(tx))
        return after
      })
      for (const one of done) one()
    } catch (error) {
      // One that fails must not fail its neighbours; what may have been stored must not be stored again.
      if (jobs.length > 1 && !isOutcomeUnknown(error)) for (const job of jobs) await flush([job])
      else for (const job of jobs) job.fail(error)
    }
  }

  return work =>
    new Promise((resolve, reject) => {
      queue.push({
        async run(tx) {
          const result = await work(tx)
          return () => resolve(result)
        },
        fail: reject,
      })
      if (!flushing) void flushAll()
    })
}
