import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { AuditAction, AuditEntry } from '../../../shared/account.ts'
import type { Database } from '../store/index.ts'

/** Who did it; null where nobody known did. */
export interface Actor {
  userId: string | null
  name: string
}

export interface AuditRecord {
  actor: Actor | null
  /** The client's address. */
  address: string
  /** What it was done to: a room, a user, a token. */
  target?: string
  detail?: AuditEntry['detail']
}

export interface Audit {
  /** Written soon; a request does not wait for it, and does not fail with it. */
  record(action: AuditAction, record: AuditRecord): void
  list(page: { before?: string; limit: number }): Promise<{ entries: AuditEntry[]; next: string | null }>
  /** Resolves when all that was recorded is written. */
  close(): Promise<void>
}

const DAY = 24 * 60 * 60 * 1000
/** Milliseconds that an entry is kept. */
export const AUDIT_KEPT = 90 * DAY

/** What comes many times in a row (a slider of the settings, a program that guesses) is written once a minute. */
const REPEATS: ReadonlySet<AuditAction> = new Set(['room.change', 'auth.login-limited'])
/** Milliseconds. */
const REPEAT_WINDOW = 60_000

/**
 * What was done to accounts, tokens, rooms and players, by whom and from where. Never holds a secret or a message's text.
 * @param now epoch milliseconds.
 */
export function createAudit(db: Database, log: Logger, now = Date.now): Audit {
  let last: { what: string; time: number } | null = null
  let writing: Promise<unknown> = prune()
  const clock = setInterval(() => {
    writing = writing.then(prune)
  }, DAY)
  clock.unref()

  function prune(): Promise<unknown> {
    return db
      .deleteFrom('audit_log')
      .where('time', '<', now() - AUDIT_KEPT)
      .execute()
      .catch(error => log.error({ err: error }, 'the audit log can’t be pruned'))
  }

  return {
    record(action, { actor, address, target = '', detail = {} }) {
      const time = now()
      if (REPEATS.has(action)) {
        const what = JSON.stringify([action, actor?.name, address, target, detail])
        if (last?.what === what && time - last.time < REPEAT_WINDOW) return
        last = { what, time }
      }
      const row = {
        id: newId(time),
        time,
        action,
        actor: actor?.name ?? '',
        user_id: actor?.userId ?? null,
        target,
        address,
        detail: JSON.stringify(detail),
      }
      writing = writing.then(() =>
        db
          .insertInto('audit_log')
          .values(row)
          .execute()
          .catch(error => log.error({ err: error, action }, 'the audit log can’t be written')),
      )
    },
    async list({ before, limit }) {
      await writing
      let query = db
        .selectFrom('audit_log')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (before !== undefined) query = query.where('id', '<', before)
      const rows = await query.execute()
      const entries = rows.slice(0, limit).map(
        (row): AuditEntry => ({
          id: row.id,
          time: row.time,
          action: row.action as AuditAction,
          actor: row.actor,
          userId: row.user_id,
          target: row.target,
          address: row.address,
          detail: JSON.parse(row.detail),
        }),
      )
      return { entries, next: rows.length > limit ? entries.at(-1)!.id : null }
    },
    async close() {
      clearInterval(clock)
      await writing
    },
  }
}

let counter = 0

/** Sorts by time, then by the order of the calls, the same in every database's collation: lower-case hexadecimal of fixed length. */
function newId(time: number): string {
  counter = (counter + 1) & 0xffff
  return (
    time.toString(16).padStart(12, '0') +
    counter.toString(16).padStart(4, '0') +
    randomBytes(4).toString('hex')
  )
}
