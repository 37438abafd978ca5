import { randomBytes } from 'node:crypto'
import type { Database } from './index.ts'

/** @returns the value that every server of this database has under this name; random bytes, made by the first that asks. */
export async function sharedValue(db: Database, name: string, bytes: number): Promise<string> {
  await db
    .insertInto('shared_values')
    .values({ name, value: randomBytes(bytes).toString('base64url') })
    .onConflict(conflict => conflict.column('name').doNothing())
    .execute()
  const row = await db
    .selectFrom('shared_values')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return row.value
}
