import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const roomsAndMessages: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('rooms')
      .addColumn('id', 'varchar(32)', column => column.primaryKey())
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('owner_id', 'varchar(32)')
      .addColumn('is_default', 'integer', column => column.notNull())
      .addColumn('watch_key', 'text')
      .addColumn('settings', 'text', column => column.notNull())
      .addColumn('version', 'integer', column => column.notNull().defaultTo(1))
      .addColumn('epoch', 'varchar(16)', column => column.notNull())
      .addColumn('seq', 'bigint', column => column.notNull().defaultTo(0))
      .addColumn('trimmed_seq', 'bigint', column => column.notNull().defaultTo(0))
      .addColumn('playhead', 'bigint', column => column.notNull().defaultTo(0))
      .addColumn('cleared_seq', 'bigint', column => column.notNull().defaultTo(0))
      .addColumn('visible', 'integer', column => column.notNull().defaultTo(1))
      .addColumn('paused', 'integer', column => column.notNull().defaultTo(0))
      .addColumn('created_at', 'bigint', column => column.notNull())
      .execute()
    await db.schema
      .createTable('messages')
      .addColumn('room_id', 'varchar(32)', column => column.notNull())
      .addColumn('seq', 'bigint', column => column.notNull())
      .addColumn('speaker', 'text', column => column.notNull())
      .addColumn('data', 'text', column => column.notNull())
      .addColumn('meta', 'text')
      .addColumn('label', 'text')
      .addColumn('time', 'bigint', column => column.notNull())
      .addColumn('status', 'varchar(16)', column => column.notNull())
      .addPrimaryKeyConstraint('messages_pk', ['room_id', 'seq'])
      .execute()
    await db.schema
      .createTable('room_events')
      .addColumn('room_id', 'varchar(32)', column => column.notNull())
      .addColumn('seq', 'bigint', column => column.notNull())
      .addColumn('type', 'varchar(64)', column => column.notNull())
      .addColumn('message_seq', 'bigint')
      .addColumn('data', 'text', column => column.notNull())
      .addPrimaryKeyConstraint('room_events_pk', ['room_id', 'seq'])
      .execute()
    await db.schema
      .createTable('idempotency_keys')
      .addColumn('room_id', 'varchar(32)', column => column.notNull())
      .addColumn('key', 'varchar(128)', column => column.notNull())
      .addColumn('seq', 'bigint', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addPrimaryKeyConstraint('idempotency_keys_pk', ['room_id', 'key'])
      .execute()
  },
}
