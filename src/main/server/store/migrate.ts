import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { StartError } from '../errors.ts'
import { migrations } from './migrations/index.ts'
import type { Tables } from './tables.ts'

/** @throws StartError where the database was written by a newer version, or a migration fails. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  try {
    const unknown = await appliedButUnknown(db)
    if (unknown) {
      throw new StartError(
        'database',
        `the database was written by a newer version of Streaming Message (it has "${unknown}"): update the program, or restore a backup made by this version`,
      )
    }
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError('database', `the database can't be used: ${explain(error)}`, { cause: error })
  }
}

async function appliedButUnknown(db: Kysely<Tables>): Promise<string | undefined> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(table => table.name === 'kysely_migration')) return undefined
  const applied = await (db as unknown as Kysely<{ kysely_migration: { name: string } }>)
    .selectFrom('kysely_migration')
    .select('name')
    .execute()
  return applied.map(row => row.name).find(name => !(name in migrations))
}

function explain(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return `its file is broken (${message}); move it away to begin anew, or restore a backup`
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return 'the disk is full; free some space and start again'
  return message ?? String(error)
}
