import { type Dialect, PostgresDialect } from 'kysely'
import { StartError } from '../errors.ts'
import { createPostgresPool, LOST_AFTER, type PoolState } from './postgres-pool.ts'

interface OpenedDialect {
  dialect: Dialect
  kind: 'postgres'
  pool(): PoolState
  release(): void
}

/** Counters and epoch milliseconds stay far below 2^53, so int8 may be a number. */
const INT8 = 20

/** @throws StartError that names DATABASE_URL where the server does not answer. */
export async function openPostgres(url: string): Promise<OpenedDialect> {
  // Read, and kept in memory, only where it is used.
  const { default: pg } = await import('pg')
  const pool = createPostgresPool(pg, {
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: LOST_AFTER,
    // A server that is frozen in a transaction must not hold the rooms' rows for ever.
    idle_in_transaction_session_timeout: 10_000,
    statement_timeout: 20_000,
    // The database is there but this connection leads to nowhere.
    query_timeout: 25_000,
    keepAlive: true,
    types: {
      getTypeParser: (oid, format) =>
        oid === INT8
          ? (text: string | Buffer) => Number(text)
          : pg.types.getTypeParser(oid, format as 'text'),
    },
  })
  try {
    const client = await pool.connect()
    client.release()
  } catch (error) {
    await pool.end().catch(() => {})
    throw new StartError(
      'database',
      `DATABASE_URL: PostgreSQL does not answer (${(error as Error).message}): check that it runs, and the user, password and name of the database`,
      { cause: error },
    )
  }
  return { dialect: new PostgresDialect({ pool }), kind: 'postgres', pool: pool.state, release: () => {} }
}

/** SQLSTATE classes of a connection that broke or a server that went down, and node's codes for a socket that did. */
const CONNECTION_LOST = /^(?:08...|57P0.|E(?:CONN|PIPE|TIMEDOUT|HOST|NET)\w*)$/
/** What pg says of a connection that ended under a query; these errors have no code. */
const CONNECTION_ENDED = /^(?:Connection terminated|Query read timeout|timeout e|Client )/

/** @returns true where a transaction failed in a way that leaves open whether it was committed. */
export function isOutcomeUnknown(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (typeof code === 'string') return CONNECTION_LOST.test(code)
  return CONNECTION_ENDED.test(String(message))
}
