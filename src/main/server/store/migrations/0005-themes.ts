import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const themes: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('themes')
      .addColumn('id', 'varchar(64)', column => column.primaryKey())
      .addColumn('owner', 'varchar(32)', column => column.notNull())
      .addColumn('manifest', 'text', column => column.notNull())
      .addColumn('css', 'text', column => column.notNull())
      .addColumn('assets', 'text', column => column.notNull())
      .addColumn('version', 'integer', column => column.notNull())
      .execute()
  },
}
