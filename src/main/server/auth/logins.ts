import { randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import { createRecordCache, type Database, type Tables } from '../store/index.ts'
import { REFRESH_LIFETIME } from './jwt.ts'

/** One place where somebody is signed in. */
export type LoginRecord = Selectable<Tables['logins']>

export type Rotation =
  /** `refreshId` is the one that is good from now on. */
  | { result: 'rotated'; login: LoginRecord; refreshId: string }
  /** An old token came back: somebody copied it. The login has been ended. */
  | { result: 'reused'; login: LoginRecord }
  | { result: 'unknown' }

export interface Logins {
  begin(
    userId: string,
    from: { device: string; address: string },
  ): Promise<LoginRecord & { refresh_id: string }>
  /** The desktop app's own, without a refresh token; it takes the place of the one of the last start. */
  beginDesktop(userId: string): Promise<LoginRecord>
  /** Takes a refresh token and names the next one. */
  rotate(id: string, refreshId: string): Promise<Rotation>
  /** @returns null for a login that has ended or expired. */
  find(id: string): Promise<LoginRecord | null>
  list(userId: string): Promise<LoginRecord[]>
  /** @returns false where it had ended already. */
  end(id: string): Promise<boolean>
  endAll(userId: string, except?: string): Promise<void>
}

/**
 * Milliseconds for which the token before the present one is still taken: two tabs of one browser refresh at
 * once with the same cookie, and an answer can get lost on its way. It is answered with the present token, so
 * that the family does not fork.
 */
const ROTATION_GRACE = 10_000
/** Logins of one account; beyond that the one used longest ago ends. */
const MAX_LOGINS = 50
const DESKTOP = 'desktop'

const newId = () => randomBytes(15).toString('base64url')

/** The credential that an open stream rests on. */
export const loginCredential = (id: string) => `login:${id}`

/** @param revoked told the credential of each login that ends. */
export function createLogins(db: Database, freshFor: number, revoked: (credential: string) => void): Logins {
  const cache = createRecordCache(async id => {
    const row = await db.selectFrom('logins').selectAll().where('id', '=', id).executeTakeFirst()
    return row ?? null
  }, freshFor)

  async function find(id: string): Promise<LoginRecord | null> {
    const login = await cache.get(id)
    return login && login.expires_at > Date.now() ? login : null
  }

  async function end(id: string): Promise<boolean> {
    const { numDeletedRows } = await db.deleteFrom('logins').where('id', '=', id).executeTakeFirst()
    cache.forget(id)
    revoked(loginCredential(id))
    return numDeletedRows > 0n
  }

  async function insert(login: LoginRecord): Promise<void> {
    await db.insertInto('logins').values(login).execute()
    const spare = await db
      .selectFrom('logins')
      .select('id')
      .where('user_id', '=', login.user_id)
      .orderBy('last_used_at', 'desc')
      .limit(1_000)
      .offset(MAX_LOGINS)
      .execute()
    for (const { id } of spare) await end(id)
    await db.deleteFrom('logins').where('expires_at', '<', Date.now()).execute()
  }

  function newLogin(userId: string, device: string, address: string): LoginRecord {
    const now = Date.now()
    return {
      id: newId(),
      user_id: userId,
      device,
      address,
      created_at: now,
      last_used_at: now,
      expires_at: now + REFRESH_LIFETIME * 1000,
      refresh_id: null,
      previous_refresh_id: null,
      rotated_at: null,
    }
  }

  return {
    find,
    end,
    async begin(userId, { device, address }) {
      const login = { ...newLogin(userId, device.slice(0, 300), address), refresh_id: newId() }
      await insert(login)
      return login
    },
    async beginDesktop(userId) {
      const earlier = await db
        .selectFrom('logins')
        .select('id')
        .where('user_id', '=', userId)
        .where('device', '=', DESKTOP)
        .where('refresh_id', 'is', null)
        .execute()
      for (const { id } of earlier) await end(id)
      const login = newLogin(userId, DESKTOP, '')
      await insert(login)
      return login
    },
    async rotate(id, refreshId) {
      const now = Date.now()
      const next = newId()
      // One statement decides, so that of two tabs exactly one rotates.
      const rotated = await db
        .updateTable('logins')
        .set({
          refresh_id: next,
          previous_refresh_id: refreshId,
          rotated_at: now,
          last_used_at: now,
          expires_at: now + REFRESH_LIFETIME * 1000,
        })
        .where('id', '=', id)
        .where('refresh_id', '=', refreshId)
        .where('expires_at', '>', now)
        .returningAll()
        .executeTakeFirst()
      cache.forget(id)
      if (rotated) return { result: 'rotated', login: rotated, refreshId: next }
      const login = await find(id)
      if (!login?.refresh_id) return { result: 'unknown' }
      const late = login.previous_refresh_id === refreshId && now - (login.rotated_at ?? 0) < ROTATION_GRACE
      if (late) return { result: 'rotated', login, refreshId: login.refresh_id }
      await end(id)
      return { result: 'reused', login }
    },
    async list(userId) {
      return db
        .selectFrom('logins')
        .selectAll()
        .where('user_id', '=', userId)
        .where('expires_at', '>', Date.now())
        .orderBy('last_used_at', 'desc')
        .execute()
    },
    async endAll(userId, except) {
      const rows = await db.selectFrom('logins').select('id').where('user_id', '=', userId).execute()
      for (const { id } of rows) if (id !== except) await end(id)
    },
  }
}
