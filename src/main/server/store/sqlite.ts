import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import SQLite from 'better-sqlite3'
import {
  type Dialect,
  type DialectAdapter,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
} from 'kysely'
import { StartError } from '../errors.ts'

/** The name of the database file in the data folder. */
const DATABASE_FILE = 'streaming-message.db'

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
    // The call waits with the whole event loop: only as long as a reader with the database open by hand may take.
    database.pragma('busy_timeout = 250')
    return {
      dialect: new MigratedAtOnce({ database: keepStatements(database) }),
      kind: 'sqlite',
      release: () => lock.close(),
    }
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

/**
 * SQLite makes and alters tables within a transaction, which Kysely does not rely on: a start that ends in the middle of a
 * migration leaves nothing half made, and the first start waits for the disk once instead of some fifty times.
 */
class MigratedAtOnce extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl() {
        return true
      }
    })()
  }
}

/** Statements kept ready; more than the program has, but for lists of values of every length. */
const MAX_STATEMENTS = 300

/**
 * SQLite itself rolls back when the disk is full or fails. Rolling back once more would fail too, and that error
 * would hide what has happened.
 */
const NOTHING_TO_DO: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
}

/** Kysely prepares a statement each time it runs one, which takes longer than most take to run. */
function keepStatements(database: SQLite.Database): SqliteDatabase {
  const kept = new Map<string, SQLite.Statement>()
  return {
    close: () => void database.close(),
    prepare(sql) {
      if (sql === 'rollback' && !database.inTransaction) return NOTHING_TO_DO
      const known = kept.get(sql)
      // Busy: it is read row by row just now.
      if (known && !known.busy) return known
      const statement = database.prepare(sql)
      if (kept.size >= MAX_STATEMENTS) kept.delete(kept.keys().next().value!)
      kept.set(sql, statement)
      return statement
    },
  }
}

/** As `mkdirSync` with `recursive`, which never ends where a folder can't hold another although it is there (`/proc`). */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function makeWritable(dataDir: string): void {
  try {
    makeFolder(dataDir)
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
