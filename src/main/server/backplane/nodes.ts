import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Database, DatabaseTransaction, Store } from '../store/index.ts'

/** A server of the cluster. */
export interface NodeRecord {
  id: string
  /** Host and port that clients reach it at. */
  address: string
  version: string
  /** Epoch milliseconds. */
  startedAt: number
}

/** Tidies up behind a server that is gone, within the transaction that strikes it off. @returns what to do once that is stored. */
export type Clear = (tx: DatabaseTransaction, node: string) => Promise<() => void>

/** The servers of one database: each says every {@link BEAT} that it lives, and strikes off those that no longer do. */
export interface Nodes {
  readonly self: NodeRecord
  /** This one among them. */
  list(): Promise<NodeRecord[]>
  /** The ids of those that were up a moment ago. */
  readonly alive: ReadonlySet<string>
  /** Another server has spoken, before its sign of life was read. */
  met(id: string): void
  /** Run by the one server that finds a node gone. */
  onClear(clear: Clear): void
  /** Told on every server. */
  onGone(listener: (node: string) => void): void
  /** This server had been struck off (it was frozen, or cut off from the database) and is back. */
  onRevived(listener: () => void): void
  start(): Promise<void>
  /** Leaves in good order. */
  stop(): Promise<void>
}

/** Milliseconds between two signs of life. */
const BEAT = 2_000
/** Milliseconds of silence after which a server is struck off. */
const GONE_AFTER = 8_000

/**
 * The database keeps the signs of life, not Redis: keys that expire would all be gone at once after a freeze of
 * Redis, and every server would strike off all the others.
 */
export function createNodes(store: Store, self: NodeRecord, log: Logger): Nodes {
  const { db, kind } = store
  const clears: Clear[] = []
  const goneListeners: ((node: string) => void)[] = []
  const revivedListeners: (() => void)[] = []
  let alive = new Set([self.id])
  let clock: NodeJS.Timeout | undefined
  let beating: Promise<void> = Promise.resolve()
  let lastBeat = performance.now()
  /** Nobody is struck off before: while the database was away none could give a sign. */
  let graceUntil = 0

  /** By the clock of the database, because those of several machines differ. */
  const time = () =>
    kind === 'postgres'
      ? sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`
      : sql<number>`${Date.now()}`

  async function beat(): Promise<void> {
    const { numUpdatedRows } = await db
      .updateTable('nodes')
      .set({ seen_at: time() })
      .where('id', '=', self.id)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) {
      await register(db)
      log.warn({ node: self.id }, 'this server had been struck off by the others; it is back')
      for (const listener of revivedListeners) listener()
    }
    const now = performance.now()
    if (now - lastBeat > GONE_AFTER / 2) graceUntil = now + GONE_AFTER
    lastBeat = now
    if (now >= graceUntil) await strikeOffSilent()
    const rows = await db.selectFrom('nodes').select('id').execute()
    const before = alive
    alive = new Set(rows.map(row => row.id)).add(self.id)
    for (const id of before) if (!alive.has(id)) for (const listener of goneListeners) listener(id)
  }

  async function strikeOffSilent(): Promise<void> {
    const gone = await db
      .selectFrom('nodes')
      .select('id')
      .where('id', '!=', self.id)
      .where(eb => eb('seen_at', '<', eb(time(), '-', sql<number>`${sql.lit(GONE_AFTER)}`)))
      .execute()
    for (const { id } of gone) await strikeOff(id)
  }

  async function strikeOff(id: string): Promise<void> {
    const done = await db.transaction().execute(async tx => {
      const { numDeletedRows } = await tx
        .deleteFrom('nodes')
        .where('id', '=', id)
        .where(eb => eb('seen_at', '<', eb(time(), '-', sql<number>`${sql.lit(GONE_AFTER)}`)))
        .executeTakeFirst()
      if (numDeletedRows === 0n) return []
      log.warn({ node: id }, 'a server is gone: clearing what it left behind')
      return runClears(tx, id)
    })
    for (const after of done) after()
  }

  async function runClears(tx: DatabaseTransaction, id: string): Promise<(() => void)[]> {
    const done: (() => void)[] = []
    for (const clear of clears) done.push(await clear(tx, id))
    return done
  }

  async function register(at: Database): Promise<void> {
    await at
      .insertInto('nodes')
      .values({
        id: self.id,
        address: self.address,
        version: self.version,
        started_at: self.startedAt,
        seen_at: time(),
      })
      .onConflict(conflict => conflict.column('id').doUpdateSet({ seen_at: time() }))
      .execute()
  }

  /** What the last life of this server left: on SQLite all others, because nobody else has the file. */
  async function clearLastLife(): Promise<void> {
    const done = await db.transaction().execute(async tx => {
      let left = tx.deleteFrom('nodes').where('id', '!=', self.id)
      if (kind === 'postgres') left = left.where('address', '=', self.address)
      const rows = await left.returning('id').execute()
      const after: (() => void)[] = []
      for (const { id } of rows) after.push(...(await runClears(tx, id)))
      return after
    })
    for (const after of done) after()
  }

  return {
    self,
    get alive() {
      return alive
    },
    async list() {
      const rows = await db.selectFrom('nodes').selectAll().orderBy('started_at').orderBy('id').execute()
      return rows.map(({ id, address, version, started_at }) => ({
        id,
        address,
        version,
        startedAt: started_at,
      }))
    },
    met: id => void alive.add(id),
    onClear: clear => void clears.push(clear),
    onGone: listener => void goneListeners.push(listener),
    onRevived: listener => void revivedListeners.push(listener),
    async start() {
      await register(db)
      await clearLastLife()
      const run = () => {
        beating = beat().catch(error => log.warn({ err: error }, 'no sign of life could be given'))
      }
      run()
      clock = setInterval(run, BEAT)
      await beating
    },
    async stop() {
      clearInterval(clock)
      await beating
      await db.deleteFrom('nodes').where('id', '=', self.id).execute()
    },
  }
}
