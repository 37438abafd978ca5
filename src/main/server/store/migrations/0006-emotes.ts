import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const emotes: Migration = {
  async up(db: Kysely<unknown>) {
    // A picture that two people uploaded is kept for each of them: one's deleting it is not the other's loss.
    await db.schema.alterTable('assets').renameTo('assets_before').execute()
    await db.schema
      .createTable('assets')
      .addColumn('id', 'varchar(40)', column => column.notNull())
      .addColumn('owner', 'varchar(32)', column => column.notNull())
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('type', 'varchar(32)', column => column.notNull())
      .addColumn('size', 'integer', column => column.notNull())
      .addColumn('content', 'text', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addPrimaryKeyConstraint('assets_of_owner', ['id', 'owner'])
      .execute()
    await sql`insert into assets (id, owner, name, type, size, content, created_at)
      select id, owner, name, type, size, content, created_at from assets_before`.execute(db)
    await db.schema.dropTable('assets_before').execute()

    await db.schema
      .createTable('emotes')
      .addColumn('id', 'varchar(32)', column => column.primaryKey())
      .addColumn('owner', 'varchar(32)', column => column.notNull())
      .addColumn('name', 'varchar(64)', column => column.notNull())
      .addColumn('name_key', 'varchar(128)', column => column.notNull())
      .addColumn('asset', 'varchar(40)', column => column.notNull())
      .addColumn('brought_asset', 'integer', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addUniqueConstraint('emotes_by_name', ['owner', 'name_key'])
      .execute()
  },
}
