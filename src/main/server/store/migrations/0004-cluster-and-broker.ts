import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const clusterAndBroker: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('nodes')
      .addColumn('id', 'varchar(16)', column => column.primaryKey())
      .addColumn('address', 'text', column => column.notNull())
      .addColumn('version', 'text', column => column.notNull())
      .addColumn('started_at', 'bigint', column => column.notNull())
      .addColumn('seen_at', 'bigint', column => column.notNull())
      .execute()
    await db.schema
      .createTable('shared_values')
      .addColumn('name', 'varchar(64)', column => column.primaryKey())
      .addColumn('value', 'text', column => column.notNull())
      .execute()
    await db.schema
      .createTable('broker_devices')
      .addColumn('name', 'varchar(200)', column => column.primaryKey())
      .addColumn('uid', 'varchar(200)', column => column.notNull())
      .addColumn('last_frame_id', 'bigint', column => column.notNull().defaultTo(0))
      .addColumn('seen_frame_id', 'bigint', column => column.notNull().defaultTo(0))
      .addColumn('node', 'varchar(16)')
      .addColumn('connection', 'varchar(64)')
      .addColumn('address', 'text', column => column.notNull())
      .addColumn('login_time', 'bigint', column => column.notNull())
      .addColumn('last_touch_time', 'bigint', column => column.notNull())
      .execute()
    await db.schema.createIndex('broker_devices_by_uid').on('broker_devices').column('uid').execute()
    await db.schema.createIndex('broker_devices_by_node').on('broker_devices').column('node').execute()
    await db.schema
      .createTable('broker_frames')
      .addColumn('device', 'varchar(200)', column => column.notNull())
      .addColumn('id', 'bigint', column => column.notNull())
      .addColumn('event', 'text')
      .addColumn('data', 'text', column => column.notNull())
      .addColumn('time', 'bigint', column => column.notNull())
      .addPrimaryKeyConstraint('broker_frames_pk', ['device', 'id'])
      .execute()
    await db.schema.createIndex('broker_frames_by_time').on('broker_frames').column('time').execute()
    await db.schema
      .createTable('webhooks')
      .addColumn('id', 'varchar(32)', column => column.primaryKey())
      .addColumn('url', 'text', column => column.notNull())
      .addColumn('secret', 'text', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .execute()
    await db.schema
      .createTable('webhook_deliveries')
      .addColumn('id', 'varchar(32)', column => column.primaryKey())
      .addColumn('webhook_id', 'varchar(32)', column => column.notNull())
      .addColumn('body', 'text', column => column.notNull())
      .addColumn('attempts', 'integer', column => column.notNull().defaultTo(0))
      .addColumn('due_at', 'bigint', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .execute()
    await db.schema
      .createIndex('webhook_deliveries_by_due')
      .on('webhook_deliveries')
      .column('due_at')
      .execute()
  },
}
