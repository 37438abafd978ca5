import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { ApiError } from '../errors.ts'
import { type Database, type DatabaseTransaction, type Store, type Tables, takeTurn } from '../store/index.ts'

type Kind = Tables['presets']['kind']

export interface Merge<Input> {
  added: Input[]
  changed: (Input & { id: string })[]
}

/** One owner's list of one kind, in the order that they chose. */
export interface Presets<Input extends object> {
  list(owner: string): Promise<(Input & { id: string })[]>
  /** @throws ApiError `too-large` where the list is full. */
  create(owner: string, inputs: Input[]): Promise<(Input & { id: string })[]>
  /**
   * Adds some and changes others, all or nothing. Who imports the same file at the same moment waits.
   * @param plan decides by what is kept; each of `changed` is one of these, with its id.
   * @throws ApiError `too-large` where the list would be full.
   */
  merge(
    owner: string,
    plan: (kept: readonly (Input & { id: string })[]) => Merge<Input>,
  ): Promise<Merge<Input>>
  /** @throws ApiError `not-found`. */
  change(owner: string, id: string, patch: Partial<Input>): Promise<Input & { id: string }>
  remove(owner: string, id: string): Promise<void>
  /** @throws ApiError `conflict` where the ids are not exactly the list's. */
  order(owner: string, ids: string[]): Promise<void>
}

export interface PresetsOptions<Input extends object> {
  store: Pick<Store, 'db' | 'kind'>
  kind: Kind
  /** Reads what an older version stored; what it lacks is filled in. */
  schema: z.ZodType<Input>
  /** The most that one owner may keep. */
  limit: number
  changed(owner: string): void
}

/** Speakers and phrases are kept alike: a small ordered list of JSON values for each owner. */
export function createPresets<Input extends object>(options: PresetsOptions<Input>): Presets<Input> {
  const { store, kind, schema, limit, changed } = options
  const { db } = store

  function fromRow(row: { id: string; data: string }): Input & { id: string } {
    return { ...schema.parse(JSON.parse(row.data)), id: row.id }
  }

  const rowsOf = (source: Database | DatabaseTransaction, owner: string) =>
    source.selectFrom('presets').where('owner', '=', owner).where('kind', '=', kind)

  /** Who counts, or puts in order, at the same moment must see what this does. */
  const take = (tx: DatabaseTransaction, owner: string) =>
    takeTurn(tx, store.kind, `presets ${kind} ${owner}`)

  async function read(source: Database | DatabaseTransaction, owner: string) {
    const rows = await rowsOf(source, owner)
      .select(['id', 'data'])
      .orderBy('position')
      .orderBy('id')
      .execute()
    return rows.map(fromRow)
  }

  /** The turn has been taken. */
  async function insert(tx: DatabaseTransaction, owner: string, inputs: Input[]) {
    const { count, last } = await rowsOf(tx, owner)
      .select(eb => [eb.fn.countAll<number>().as('count'), eb.fn.max('position').as('last')])
      .executeTakeFirstOrThrow()
    if (Number(count) + inputs.length > limit)
      throw new ApiError('too-large', `no more than ${limit} can be kept: delete some first`)
    const rows = inputs.map((input, index) => ({
      id: randomBytes(12).toString('hex'),
      owner,
      kind,
      position: Number(last ?? 0) + index + 1,
      data: JSON.stringify(input),
    }))
    // SQLite takes at most 32,766 values in one statement.
    for (let start = 0; start < rows.length; start += 500) {
      await tx
        .insertInto('presets')
        .values(rows.slice(start, start + 500))
        .execute()
    }
    return rows
  }

  return {
    list: owner => read(db, owner),
    async create(owner, inputs) {
      if (inputs.length === 0) return []
      const made = await db.transaction().execute(async tx => {
        await take(tx, owner)
        return insert(tx, owner, inputs)
      })
      changed(owner)
      return made.map(fromRow)
    },
    async merge(owner, plan) {
      const merged = await db.transaction().execute(async tx => {
        await take(tx, owner)
        const merge = plan(await read(tx, owner))
        if (merge.added.length > 0) await insert(tx, owner, merge.added)
        for (const { id, ...input } of merge.changed)
          await tx
            .updateTable('presets')
            .set({ data: JSON.stringify(input) })
            .where('id', '=', id)
            .execute()
        return merge
      })
      if (merged.added.length + merged.changed.length > 0) changed(owner)
      return merged
    },
    async change(owner, id, patch) {
      const item = await db.transaction().execute(async tx => {
        // Changes nothing, but waits for who changes it on another server, and lets nobody else until this is stored.
        const row = await tx
          .updateTable('presets')
          .set(eb => ({ position: eb.ref('position') }))
          .where('owner', '=', owner)
          .where('kind', '=', kind)
          .where('id', '=', id)
          .returning(['id', 'data'])
          .executeTakeFirst()
        if (!row) throw gone(kind)
        const { id: _, ...before } = fromRow(row)
        const data = JSON.stringify({ ...before, ...patch })
        await tx.updateTable('presets').set({ data }).where('id', '=', id).execute()
        return fromRow({ id, data })
      })
      changed(owner)
      return item
    },
    async remove(owner, id) {
      const result = await db
        .deleteFrom('presets')
        .where('owner', '=', owner)
        .where('kind', '=', kind)
        .where('id', '=', id)
        .executeTakeFirst()
      if (result.numDeletedRows === 0n) throw gone(kind)
      changed(owner)
    },
    async order(owner, ids) {
      await db.transaction().execute(async tx => {
        await take(tx, owner)
        const rows = await rowsOf(tx, owner).select(['id', 'position']).execute()
        const known = new Map(rows.map(row => [row.id, row.position]))
        if (ids.length !== known.size || new Set(ids).size !== ids.length || !ids.every(id => known.has(id)))
          throw new ApiError('conflict', 'the list has changed meanwhile: read it anew, then order it')
        for (const [index, id] of ids.entries()) {
          if (known.get(id) === index + 1) continue
          await tx
            .updateTable('presets')
            .set({ position: index + 1 })
            .where('id', '=', id)
            .execute()
        }
      })
      changed(owner)
    },
  }
}

function gone(kind: Kind): ApiError {
  return new ApiError('not-found', `there is no such ${kind} any more`)
}
