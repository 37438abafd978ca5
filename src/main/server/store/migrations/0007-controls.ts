import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What servers of one database must know of each other's rooms though Redis is away: controls, and who writes what. */
export const controls: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('rooms')
      .addColumn('control_seq', 'bigint', column => column.notNull().defaultTo(0))
      .execute()
    await db.schema
      .createTable('room_controls')
      .addColumn('room_id', 'varchar(32)', column =>
        column.notNull().references('rooms.id').onDelete('cascade'),
      )
      .addColumn('number', 'bigint', column => column.notNull())
      .addColumn('after_seq', 'bigint', column => column.notNull())
      .addColumn('data', 'text', column => column.notNull())
      .addPrimaryKeyConstraint('room_controls_pk', ['room_id', 'number'])
      .execute()
    await db.schema
      .createTable('live_messages')
      .addColumn('room_id', 'varchar(32)', column =>
        column.notNull().references('rooms.id').onDelete('cascade'),
      )
      .addColumn('seq', 'bigint', column => column.notNull())
      .addColumn('node', 'varchar(16)', column => column.notNull())
      .addColumn('deltas', 'integer', column => column.notNull().defaultTo(0))
      .addPrimaryKeyConstraint('live_messages_pk', ['room_id', 'seq'])
      .execute()
    await db.schema.createIndex('live_messages_by_node').on('live_messages').column('node').execute()
  },
}
