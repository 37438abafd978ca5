import { createHash, randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { ApiToken, Scope } from '../../../shared/account.ts'
import { ApiError } from '../errors.ts'
import { createTurns } from '../limits/index.ts'
import { createRecordCache, type Database, type Tables } from '../store/index.ts'
import { createLastUse } from '../store/last-use.ts'

/** An API token as the server holds it: the token itself is nowhere. */
export interface TokenRecord {
  id: string
  userId: string
  name: string
  prefix: string
  scopes: ReadonlySet<Scope>
  /** Null: every room that its account may use. */
  rooms: ReadonlySet<string> | null
  createdAt: number
  expiresAt: number | null
  lastUsedAt: number | null
}

export interface NewToken {
  name: string
  scopes: Scope[]
  rooms: string[] | null
  expiresAt: number | null
}

export interface Tokens {
  /** @returns the token's text too; it can't be had again. */
  create(userId: string, input: NewToken): Promise<{ token: string; record: TokenRecord }>
  list(userId: string): Promise<TokenRecord[]>
  /** @throws ApiError `not-found`. */
  get(userId: string, id: string): Promise<TokenRecord>
  revoke(record: TokenRecord): Promise<void>
  revokeAll(userId: string): Promise<void>
  /** @returns null for a text that is no token of ours, or a revoked one. @throws ApiError `token-expired`. */
  identify(token: string): Promise<TokenRecord | null>
  /** Whether it may still be used: neither revoked nor expired. */
  isGood(id: string): Promise<boolean>
  close(): Promise<void>
}

/** Tokens can be told from passwords at sight, by people and by scanners of leaked secrets. */
const MARK = 'smt_'
/** Characters shown to recognise a token by, `smt_` included: 36 bits of 256. */
const PREFIX_LENGTH = 10
const MAX_TOKENS = 100

/** The credential that an open stream rests on. */
export const tokenCredential = (id: string) => `token:${id}`

/** A token has 256 random bits, so that a fast hash is enough: nothing can be guessed from it. */
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** @param revoked told the credential of each token that ends. */
export function createTokens(db: Database, freshFor: number, revoked: (credential: string) => void): Tokens {
  const byHash = createRecordCache(async hash => {
    const row = await db.selectFrom('api_tokens').selectAll().where('hash', '=', hash).executeTakeFirst()
    return row ? { ...fromRow(row), hash } : null
  }, freshFor)
  const lastUse = createLastUse((id, time) =>
    db.updateTable('api_tokens').set({ last_used_at: time }).where('id', '=', id).execute(),
  )

  async function remove(id: string): Promise<void> {
    const row = await db.deleteFrom('api_tokens').where('id', '=', id).returning('hash').executeTakeFirst()
    if (row) byHash.forget(row.hash)
    revoked(tokenCredential(id))
  }

  async function list(userId: string): Promise<TokenRecord[]> {
    await lastUse.save()
    const rows = await db
      .selectFrom('api_tokens')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute()
    return rows.map(fromRow)
  }

  const inTurn = createTurns()

  return {
    list,
    create: (userId, { name, scopes, rooms, expiresAt }) =>
      inTurn(userId, async () => {
        if ((await list(userId)).length >= MAX_TOKENS) {
          throw new ApiError('conflict', `an account has at most ${MAX_TOKENS} tokens: revoke one first`)
        }
        const token = MARK + randomBytes(32).toString('base64url')
        const row = await db
          .insertInto('api_tokens')
          .values({
            id: randomBytes(12).toString('base64url'),
            user_id: userId,
            name,
            hash: hashOf(token),
            prefix: token.slice(0, PREFIX_LENGTH),
            scopes: JSON.stringify(scopes),
            rooms: rooms && JSON.stringify(rooms),
            created_at: Date.now(),
            expires_at: expiresAt,
            last_used_at: null,
          })
          .returningAll()
          .executeTakeFirstOrThrow()
        return { token, record: fromRow(row) }
      }),
    async get(userId, id) {
      const row = await db
        .selectFrom('api_tokens')
        .selectAll()
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .executeTakeFirst()
      if (!row) throw new ApiError('not-found', 'there is no such token')
      return fromRow(row)
    },
    revoke: record => remove(record.id),
    async revokeAll(userId) {
      const rows = await db.selectFrom('api_tokens').select('id').where('user_id', '=', userId).execute()
      for (const { id } of rows) await remove(id)
    },
    async identify(token) {
      if (!token.startsWith(MARK)) return null
      const record = await byHash.get(hashOf(token))
      if (!record) return null
      if (isExpired(record)) throw new ApiError('token-expired', `the token "${record.name}" has expired`)
      lastUse.note(record.id)
      return record
    },
    async isGood(id) {
      const row = await db
        .selectFrom('api_tokens')
        .select('expires_at as expiresAt')
        .where('id', '=', id)
        .executeTakeFirst()
      return row !== undefined && !isExpired(row)
    },
    close: () => lastUse.save(),
  }
}

function isExpired({ expiresAt }: { expiresAt: number | null }): boolean {
  return expiresAt !== null && expiresAt <= Date.now()
}

function fromRow(row: Selectable<Tables['api_tokens']>): TokenRecord {
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    prefix: row.prefix,
    scopes: new Set<Scope>(JSON.parse(row.scopes)),
    rooms: row.rooms === null ? null : new Set<string>(JSON.parse(row.rooms)),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  }
}

export function toApiToken(record: TokenRecord): ApiToken {
  const { id, name, prefix, scopes, rooms, createdAt, expiresAt, lastUsedAt } = record
  return {
    id,
    name,
    prefix,
    scopes: [...scopes],
    rooms: rooms && [...rooms],
    createdAt,
    expiresAt,
    lastUsedAt,
  }
}
