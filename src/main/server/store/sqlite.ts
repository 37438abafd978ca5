import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { type Dialect, SqliteDialect } from 'kysely'
import { StartError } from '../errors.ts'

/** The name of the database file in the data folder. */
export const DATABASE_FILE = 'streaming-message.db'

interface OpenedDialect {
  dialect: Dialect
  kind: 'sqlite'
  release(): void
}

/** @throws StartError where the folder can't be written, another server has it, or the file is broken. */
export function openSqlite(dataDir: string): OpenedDialect {
  makeWritable(dataDir)
  const lock = takeLock(dataDir)
  const path = join(dataDir, DATABASE_FILE)
  try {
    const database = new SQLite(path)
    database.pragma('journal_mode = WAL')
    // A message answered with 202 must outlive a power cut too; one commit serves all that came in one turn.
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    database.pragma('busy_timeout = 5000')
    return { dialect: new SqliteDialect({ database }), kind: 'sqlite', release: () => lock.close() }
  } catch (error) {
    lock.close()
    const { code, message } = error as { code?: string; message: string }
    const broken = code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT'
    throw new StartError(
      'database',
      broken
        ? `the database file ${path} is broken (${message}): move it away to begin anew, or restore a backup`
        : `the database file ${path} can't be opened (${message}): check the rights on it and the space on the disk`,
      { cause: error },
    )
  }
}

function makeWritable(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new StartError(
      'data-dir',
      `the data folder ${dataDir} can't be written (${(error as NodeJS.ErrnoException).code}): change its rights, or name another by DATA_DIR or --data`,
      { cause: error },
    )
  }
}

/**
 * Two servers on one folder would number messages twice. The lock is SQLite's own on a file beside the
 * database: it works on every system and goes with the process, however that ends.
 */
function takeLock(dataDir: string): { close(): void } {
  const path = join(dataDir, 'server.lock')
  try {
    const lock = new SQLite(path, { timeout: 0 })
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    const busy = (error as { code?: string }).code === 'SQLITE_BUSY'
    throw new StartError(
      'data-dir',
      busy
        ? `another Streaming Message uses the data folder ${dataDir}: stop it, or name another folder by DATA_DIR or --data`
        : `the data folder ${dataDir} can't be written (${(error as Error).message}): change its rights, or name another by DATA_DIR or --data`,
      { cause: error },
    )
  }
}
