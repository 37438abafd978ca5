import { randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Role, User } from '../../../shared/account.ts'
import { ApiError } from '../errors.ts'
import {
  createRecordCache,
  type Database,
  type DatabaseTransaction,
  isDuplicate,
  type Tables,
} from '../store/index.ts'
import { hashPassword } from './passwords.ts'

/** An account as the server holds it. */
export interface UserRecord {
  id: string
  username: string
  role: Role
  /** Null: signed in by the desktop app only. */
  passwordHash: string | null
  createdAt: number
  lastLoginAt: number | null
}

export interface Users {
  find(id: string): Promise<UserRecord | null>
  /** @param username in any case. */
  findByName(username: string): Promise<UserRecord | null>
  /** @throws ApiError `not-found`. */
  get(id: string): Promise<UserRecord>
  list(): Promise<UserRecord[]>
  /** False until the first account is made. */
  any(): Promise<boolean>
  /** The owner that has been here longest, but for `except`; null where there is none. */
  firstOwner(except?: string): Promise<UserRecord | null>
  /** Trusts its input. @throws ApiError `conflict` for a taken name. */
  create(input: { username: string; password: string | null; role: Role }): Promise<UserRecord>
  /** @throws ApiError `not-found`, or `conflict` for a taken name or the last owner. */
  change(id: string, change: { username?: string; role?: Role; password?: string }): Promise<UserRecord>
  noteLogin(id: string, time: number): Promise<void>
  /** @throws ApiError `not-found`, or `conflict` for the last owner. */
  delete(id: string): Promise<UserRecord>
  onDelete(listener: (user: UserRecord) => Promise<void>): void
}

/** The accounts. Those in use are held in memory: who sends a request is known without a query. */
export function createUsers(db: Database, freshFor: number): Users {
  const cache = createRecordCache(async id => {
    const row = await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()
    return row ? fromRow(row) : null
  }, freshFor)
  const deleteListeners: ((user: UserRecord) => Promise<void>)[] = []
  let anyKnown = false

  async function get(id: string): Promise<UserRecord> {
    const user = await cache.get(id)
    if (!user) throw new ApiError('not-found', 'there is no such account')
    return user
  }

  /** Before an owner is none any more. */
  async function keepAnOwner(tx: DatabaseTransaction, id: string): Promise<void> {
    // Of two owners who lower each other at the same moment, here or on two servers, the second waits for the first.
    const owners = await tx
      .updateTable('users')
      .set({ role: 'owner' })
      .where('role', '=', 'owner')
      .returning('id')
      .execute()
    if (owners.length === 1 && owners[0]!.id === id)
      throw new ApiError('conflict', 'this is the last owner: make another account an owner first')
  }

  return {
    find: id => cache.get(id),
    get,
    async findByName(username) {
      const row = await db
        .selectFrom('users')
        .selectAll()
        .where('username_key', '=', keyOf(username))
        .executeTakeFirst()
      return row ? fromRow(row) : null
    },
    async list() {
      const rows = await db.selectFrom('users').selectAll().orderBy('created_at').orderBy('id').execute()
      return rows.map(fromRow)
    },
    async any() {
      anyKnown ||= (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined
      return anyKnown
    },
    async firstOwner(except = '') {
      const row = await db
        .selectFrom('users')
        .selectAll()
        .where('role', '=', 'owner')
        .where('id', '!=', except)
        .orderBy('created_at')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst()
      return row ? fromRow(row) : null
    },
    async create({ username, password, role }) {
      const row = await db
        .insertInto('users')
        .values({
          id: randomBytes(12).toString('base64url'),
          username,
          username_key: keyOf(username),
          role,
          password_hash: password === null ? null : await hashPassword(password),
          created_at: Date.now(),
          last_login_at: null,
        })
        .onConflict(conflict => conflict.column('username_key').doNothing())
        .returningAll()
        .executeTakeFirst()
      if (!row) throw takenName(username)
      return fromRow(row)
    },
    async change(id, { username, role, password }) {
      await get(id)
      const values = {
        ...(username === undefined ? {} : { username, username_key: keyOf(username) }),
        ...(role === undefined ? {} : { role }),
        ...(password === undefined ? {} : { password_hash: await hashPassword(password) }),
      }
      if (Object.keys(values).length > 0) {
        const work = db.transaction().execute(async tx => {
          if (role !== undefined && role !== 'owner') await keepAnOwner(tx, id)
          await tx.updateTable('users').set(values).where('id', '=', id).execute()
        })
        await work.catch(error => {
          throw username !== undefined && isDuplicate(error) ? takenName(username) : error
        })
      }
      cache.forget(id)
      return get(id)
    },
    async noteLogin(id, time) {
      await db.updateTable('users').set({ last_login_at: time }).where('id', '=', id).execute()
      cache.forget(id)
    },
    async delete(id) {
      const user = await get(id)
      // It counts as an owner no more while what it has goes.
      await db.transaction().execute(async tx => {
        await keepAnOwner(tx, id)
        await tx.updateTable('users').set({ role: 'member' }).where('id', '=', id).execute()
      })
      cache.forget(id)
      for (const listener of deleteListeners) await listener(user)
      await db.deleteFrom('users').where('id', '=', id).execute()
      cache.forget(id)
      return user
    },
    onDelete: listener => void deleteListeners.push(listener),
  }
}

/** Names are compared without case, and in one Unicode form. */
function keyOf(username: string): string {
  return username.normalize('NFKC').toLowerCase()
}

function takenName(username: string): ApiError {
  return new ApiError('conflict', `the name "${username}" is taken`)
}

function fromRow(row: Selectable<Tables['users']>): UserRecord {
  return {
    id: row.id,
    username: row.username,
    role: row.role as Role,
    passwordHash: row.password_hash,
    createdAt: row.created_at,
    lastLoginAt: row.last_login_at,
  }
}

export function toUser({ id, username, role, passwordHash, createdAt, lastLoginAt }: UserRecord): User {
  return { id, username, role, hasPassword: passwordHash !== null, createdAt, lastLoginAt }
}
