import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const accounts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('users')
      .addColumn('id', 'varchar(32)', column => column.primaryKey())
      .addColumn('username', 'text', column => column.notNull())
      .addColumn('username_key', 'text', column => column.notNull().unique())
      .addColumn('role', 'varchar(16)', column => column.notNull())
      .addColumn('password_hash', 'text')
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addColumn('last_login_at', 'bigint')
      .execute()
    await db.schema
      .createTable('logins')
      .addColumn('id', 'varchar(32)', column => column.primaryKey())
      .addColumn('user_id', 'varchar(32)', column => column.notNull())
      .addColumn('device', 'text', column => column.notNull())
      .addColumn('address', 'text', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addColumn('last_used_at', 'bigint', column => column.notNull())
      .addColumn('expires_at', 'bigint', column => column.notNull())
      .addColumn('refresh_id', 'varchar(32)')
      .addColumn('previous_refresh_id', 'varchar(32)')
      .addColumn('rotated_at', 'bigint')
      .execute()
    await db.schema.createIndex('logins_by_user').on('logins').column('user_id').execute()
    await db.schema
      .createTable('api_tokens')
      .addColumn('id', 'varchar(32)', column => column.primaryKey())
      .addColumn('user_id', 'varchar(32)', column => column.notNull())
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('hash', 'varchar(64)', column => column.notNull().unique())
      .addColumn('prefix', 'varchar(16)', column => column.notNull())
      .addColumn('scopes', 'text', column => column.notNull())
      .addColumn('rooms', 'text')
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addColumn('expires_at', 'bigint')
      .addColumn('last_used_at', 'bigint')
      .execute()
    await db.schema.createIndex('api_tokens_by_user').on('api_tokens').column('user_id').execute()
    await db.schema
      .createTable('room_moderators')
      .addColumn('room_id', 'varchar(32)', column => column.notNull())
      .addColumn('user_id', 'varchar(32)', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addPrimaryKeyConstraint('room_moderators_pk', ['room_id', 'user_id'])
      .execute()
    await db.schema
      .createTable('audit_log')
      .addColumn('id', 'varchar(32)', column => column.primaryKey())
      .addColumn('time', 'bigint', column => column.notNull())
      .addColumn('action', 'varchar(64)', column => column.notNull())
      .addColumn('actor', 'text', column => column.notNull())
      .addColumn('user_id', 'varchar(32)')
      .addColumn('target', 'text', column => column.notNull())
      .addColumn('address', 'text', column => column.notNull())
      .addColumn('detail', 'text', column => column.notNull())
      .execute()
    await db.schema.createIndex('audit_log_by_time').on('audit_log').column('time').execute()
    await db.schema
      .createTable('server_settings')
      .addColumn('name', 'varchar(64)', column => column.primaryKey())
      .addColumn('value', 'text', column => column.notNull())
      .execute()
  },
}
