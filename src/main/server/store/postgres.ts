import { type Dialect, PostgresDialect } from 'kysely'
import pg from 'pg'
import { StartError } from '../errors.ts'

interface OpenedDialect {
  dialect: Dialect
  kind: 'postgres'
  release(): void
}

/** Counters and epoch milliseconds stay far below 2^53, so int8 may be a number. */
const INT8 = 20

/** @throws StartError that names DATABASE_URL where the server does not answer. */
export async function openPostgres(url: string): Promise<OpenedDialect> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    types: {
      getTypeParser: (oid, format) =>
        oid === INT8
          ? (text: string | Buffer) => Number(text)
          : pg.types.getTypeParser(oid, format as 'text'),
    },
  })
  // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
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
  return { dialect: new PostgresDialect({ pool }), kind: 'postgres', release: () => {} }
}
