import type { Kysely } from 'kysely'
import type { Database } from '../store/index.ts'

/** A table as the database has it now; the backup covers whatever tables there are. */
export interface TableShape {
  name: string
  columns: ReadonlySet<string>
  /** Those of them that hold whole numbers. */
  integers: ReadonlySet<string>
}

/** The database seen as tables of unknown columns: a backup copies rows without knowing what they mean. */
export type AnyTables = Record<string, Record<string, unknown>>

export function asAnyTables(db: Database): Kysely<AnyTables> {
  return db as unknown as Kysely<AnyTables>
}

/** What goes with the machine and the moment, not with the user's data. Logins among them: those that were ended must not come back. */
const LEFT_OUT = new Set([
  'kysely_migration',
  'kysely_migration_lock',
  'idempotency_keys',
  'nodes',
  'room_controls',
  'live_messages',
  'shared_values',
  'broker_devices',
  'broker_frames',
  'webhook_deliveries',
  'logins',
  'server_settings',
])

export async function listTables(db: Database): Promise<TableShape[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  return tables
    .filter(table => !table.isView && !LEFT_OUT.has(table.name) && !table.name.startsWith('sqlite_'))
    .map(({ name, columns }) => ({
      name,
      columns: new Set(columns.map(column => column.name)),
      integers: new Set(columns.filter(({ dataType }) => /int/i.test(dataType)).map(column => column.name)),
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

/** @returns the name of the newest migration that the database has had. */
export async function schemaOf(db: Database): Promise<string> {
  const newest = await asAnyTables(db)
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name', 'desc')
    .executeTakeFirstOrThrow()
  return String(newest.name)
}
