import { setTimeout as wait } from 'node:timers/promises'

/** Milliseconds for which a database that another program has locked is asked again. */
const PATIENCE = 5_000
const PAUSE = 50

/**
 * Runs a transaction again while another program (a backup, somebody's shell) has the SQLite database locked.
 * Between the tries the event loop is free, so that open streams do not stand still with the database.
 * @throws what the transaction throws, `SQLITE_BUSY` after {@link PATIENCE}.
 */
export async function whenFree<Result>(transaction: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + PATIENCE
  for (;;) {
    try {
      return await transaction()
    } catch (error) {
      if (!isLocked(error) || performance.now() > deadline) throw error
      await wait(PAUSE)
    }
  }
}

function isLocked(error: unknown): boolean {
  const { code } = error as { code?: string }
  return code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED'
}

/** True where every other write would fail in the same way just now: locked, full, not writable. */
export function isOfTheDisk(error: unknown): boolean {
  const { code = '' } = error as { code?: string }
  return isLocked(error) || /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/.test(code) || code === '53100'
}
