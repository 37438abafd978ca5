import type { PostgresPool } from 'kysely'
import type pg from 'pg'

/** The connections of this server, counted. */
export interface PoolState {
  /** False from {@link LOST_AFTER} milliseconds of silence on, until the database answers again. */
  up: boolean
  open: number
  idle: number
  /** Queries that wait for a connection. */
  waiting: number
}

export interface WatchedPool extends PostgresPool {
  state(): PoolState
}

/** The database was found to be away: nothing was sent to it. `code` is of the kind that node gives a socket's errors. */
class DatabaseAway extends Error {
  readonly code = 'ECONNAWAY'
  constructor() {
    super('the database does not answer')
  }
}

/** Milliseconds between two probes. */
const PROBE_INTERVAL = 500
/** Milliseconds that a probe waits for its answer. */
const PROBE_TIMEOUT = 2_000
/** Milliseconds of silence after which the database counts as away. A request waits no longer than that. */
export const LOST_AFTER = 5_000
/** Milliseconds by which a probe may be late before the silence is taken for our own. */
const OWN_DELAY = 1_000

/**
 * A pool that knows when its database is gone without a word: frozen, or cut off. A probe asks on a connection of its
 * own; after {@link LOST_AFTER} of silence all that wait are told, the connections are given up (what was in the
 * middle of a transaction is rolled back), and whoever comes next is refused at once instead of queueing up.
 */
export function createPostgresPool(driver: typeof pg, options: pg.PoolConfig): WatchedPool {
  let pool = makePool()
  let inUse = new Set<pg.PoolClient>()
  let up = true
  let ended = false
  let lastAnswer = performance.now()
  let probe: pg.Client | undefined
  let timer = setTimeout(run, PROBE_INTERVAL)

  function makePool(): pg.Pool {
    const made = new driver.Pool(options)
    // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
    made.on('error', () => {})
    // So does one that dies in use; whoever waits for it is told by the query itself.
    made.on('connect', client => client.on('error', () => {}))
    made.on('acquire', client => inUse.add(client))
    made.on('release', (_error, client) => inUse.delete(client))
    return made
  }

  async function ask(): Promise<void> {
    if (!probe) {
      const client = new driver.Client({
        ...options,
        connectionTimeoutMillis: PROBE_TIMEOUT,
        query_timeout: PROBE_TIMEOUT,
      })
      client.on('error', () => {})
      await client.connect()
      probe = client
    }
    await probe.query('SELECT 1')
  }

  function dropProbe() {
    probe?.end().catch(() => {})
    probe = undefined
  }

  async function run(): Promise<void> {
    const began = performance.now()
    await ask().then(
      () => {
        lastAnswer = performance.now()
        up = true
      },
      () => {
        dropProbe()
        const now = performance.now()
        // It was this process that stood still: the next probe tells.
        if (now - began > PROBE_TIMEOUT + OWN_DELAY) lastAnswer = now
        if (up && now - lastAnswer > LOST_AFTER) giveUp()
      },
    )
    if (!ended) timer = setTimeout(run, PROBE_INTERVAL)
    else dropProbe()
  }

  function giveUp() {
    up = false
    const old = { pool, inUse }
    inUse = new Set()
    pool = makePool()
    // With a query under way this cuts the connection, and the query fails.
    for (const client of old.inUse) void (client as unknown as pg.Client).end().catch(() => {})
    old.pool.end().catch(() => {})
  }

  return {
    options,
    connect: () => (up ? pool.connect() : Promise.reject(new DatabaseAway())),
    async end() {
      ended = true
      clearTimeout(timer)
      dropProbe()
      await pool.end()
    },
    state: () => ({ up, open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
  }
}
