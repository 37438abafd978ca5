import { sql } from 'kysely'
import type { DatabaseTransaction, Store } from './index.ts'

/**
 * Waits until nobody else, on whatever server, is at work under this name; until the end of the transaction nobody will be.
 * With SQLite one transaction follows the other anyway.
 */
export async function takeTurn(tx: DatabaseTransaction, kind: Store['kind'], name: string): Promise<void> {
  if (kind === 'postgres') await sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx)
}
