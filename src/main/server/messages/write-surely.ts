import { setTimeout as wait } from 'node:timers/promises'
import { ApiError } from '../errors.ts'
import { isOutcomeUnknown } from '../store/index.ts'
import { StoredAlready } from './claim-pieces.ts'
import type { LogEntry, LogRoom } from './log.ts'
import type { RoomLog } from './room-log.ts'

/** Milliseconds for which a database that is away is waited for. */
const PATIENCE = 60_000
const PAUSE = 250

/**
 * Writes a piece of a message, or its end, again and again while the database is away: nobody else has the text.
 * It is stored once, whatever became of the tries before.
 * @throws what keeps it from being stored.
 */
export async function writeSurely(log: RoomLog, room: LogRoom, entry: LogEntry): Promise<void> {
  const deadline = performance.now() + PATIENCE
  for (let retried = false; ; retried = true) {
    try {
      await log.write(room, entry)
      return
    } catch (error) {
      if (error instanceof StoredAlready) return
      // Its row went with the try that nobody knew the outcome of.
      if (retried && entry.type === 'final' && error instanceof ApiError && error.code === 'conflict') return
      if (!isOutcomeUnknown(error) || performance.now() > deadline) throw error
      await wait(PAUSE)
    }
  }
}
