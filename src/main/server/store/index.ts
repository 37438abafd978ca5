import { Kysely, type Transaction } from 'kysely'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import type { PoolState } from './postgres-pool.ts'
import { openSqlite } from './sqlite.ts'
import type { Tables } from './tables.ts'

export { isDuplicate } from './is-duplicate.ts'
export { isOutcomeUnknown } from './postgres.ts'
export type { PoolState } from './postgres-pool.ts'
export { createRecordCache } from './record-cache.ts'
export {
  changesCounted,
  countChange,
  keepSharedValue,
  sharedValue,
  takeSharedValue,
} from './shared-value.ts'
export type { Tables } from './tables.ts'
export { takeTurn } from './take-turn.ts'
export type Database = Kysely<Tables>
export type DatabaseTransaction = Transaction<Tables>

export interface Store {
  db: Database
  kind: 'sqlite' | 'postgres'
  /** Milliseconds for which a record may be kept in memory: nobody else writes to our SQLite file. */
  freshFor: number
  /** The connections to PostgreSQL; null with SQLite. */
  pool: (() => PoolState) | null
  close(): Promise<void>
}

export interface StoreOptions {
  /** Where SQLite's files lie; it is made if absent. */
  dataDir: string
  /** Takes PostgreSQL instead. */
  databaseUrl: string | undefined
}

/**
 * Opens the database and brings its tables up to date.
 * @throws StartError (`data-dir`, `database`) where it can't be opened, is broken, or is newer than this program.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { dialect, kind, pool, release } = options.databaseUrl
    ? await openPostgres(options.databaseUrl)
    : { ...openSqlite(options.dataDir), pool: null }
  const db = new Kysely<Tables>({ dialect })
  try {
    await migrate(db)
  } catch (error) {
    await db.destroy()
    release()
    throw error
  }
  return {
    db,
    kind,
    freshFor: kind === 'sqlite' ? Number.POSITIVE_INFINITY : 2_000,
    pool,
    async close() {
      await db.destroy()
      release()
    },
  }
}
