import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from './index.ts'

/** @returns the value that every server of this database has under this name; random bytes, made by the first that asks. */
export async function sharedValue(db: Database, name: string, bytes: number): Promise<string> {
  return keepSharedValue(db, name, randomBytes(bytes).toString('base64url'))
}

/** @returns `value`, or what is there already. */
export async function keepSharedValue(db: Database, name: string, value: string): Promise<string> {
  await db
    .insertInto('shared_values')
    .values({ name, value })
    .onConflict(conflict => conflict.column('name').doNothing())
    .execute()
  const row = await db
    .selectFrom('shared_values')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return row.value
}

/** Takes the value away for good. @returns true for one caller only, whatever the servers. */
export async function takeSharedValue(db: Database, name: string, value: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('shared_values')
    .where('name', '=', name)
    .where('value', '=', value)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Counts a change of what servers hold in memory. @returns how many there were with this one, whatever the servers. */
export async function countChange(db: Database, name: string): Promise<number> {
  const { value } = await db
    .insertInto('shared_values')
    .values({ name, value: '1' })
    .onConflict(conflict =>
      conflict
        .column('name')
        .doUpdateSet({ value: sql<string>`cast(cast(shared_values.value as integer) + 1 as text)` }),
    )
    .returning('value')
    .executeTakeFirstOrThrow()
  return Number(value)
}

export async function changesCounted(db: Database, name: string): Promise<number> {
  const row = await db.selectFrom('shared_values').select('value').where('name', '=', name).executeTakeFirst()
  return Number(row?.value ?? 0)
}
