import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const presetsAndAssets: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('presets')
      .addColumn('id', 'varchar(32)', column => column.primaryKey())
      .addColumn('owner', 'varchar(32)', column => column.notNull())
      .addColumn('kind', 'varchar(16)', column => column.notNull())
      .addColumn('position', 'integer', column => column.notNull())
      .addColumn('data', 'text', column => column.notNull())
      .execute()
    await db.schema
      .createIndex('presets_in_order')
      .on('presets')
      .columns(['owner', 'kind', 'position'])
      .execute()
    await db.schema
      .createTable('assets')
      .addColumn('id', 'varchar(40)', column => column.primaryKey())
      .addColumn('owner', 'varchar(32)', column => column.notNull())
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('type', 'varchar(32)', column => column.notNull())
      .addColumn('size', 'integer', column => column.notNull())
      .addColumn('content', 'text', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .execute()
  },
}
