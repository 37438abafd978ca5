import { createHash } from 'node:crypto'
import type { Asset, AssetType } from '../../../shared/asset.ts'
import { ApiError } from '../errors.ts'
import { checkKind, createTurns, type ServerLimits, tooLarge } from '../limits/index.ts'
import type { Database } from '../store/index.ts'
import { sniffImage } from './sniff.ts'

export interface Assets {
  /** Stores a picture; the same one again is found, not stored twice for one owner. @throws ApiError `unsupported-type`, `too-large`. */
  add(owner: string, name: string, content: Buffer): Promise<Asset>
  list(owner: string): Promise<Asset[]>
  /** @throws ApiError `not-found`. */
  read(id: string): Promise<{ type: AssetType; content: Buffer }>
  /** @throws ApiError `not-found`. */
  rename(owner: string, id: string, name: string): Promise<Asset>
  /** @throws ApiError `not-found`. */
  remove(owner: string, id: string): Promise<void>
  /** For a file that stands alone. Ids that are gone are left out. */
  dataUrls(ids: string[]): Promise<Record<string, string>>
  /** @returns from the given ids to those stored. @throws as `add`. */
  addDataUrls(owner: string, urls: Record<string, string>): Promise<Map<string, string>>
}

export function createAssets(db: Database, limits: ServerLimits['uploads']): Assets {
  const columns = ['id', 'name', 'type', 'size', 'created_at'] as const

  function toAsset(row: { id: string; name: string; type: string; size: number; created_at: number }): Asset {
    return {
      id: row.id,
      name: row.name,
      type: row.type as AssetType,
      size: row.size,
      createdAt: Number(row.created_at),
    }
  }

  const one = (owner: string, id: string) =>
    db.selectFrom('assets').select(columns).where('owner', '=', owner).where('id', '=', id).executeTakeFirst()

  const inTurn = createTurns()

  async function add(owner: string, name: string, content: Buffer): Promise<Asset> {
    if (content.length > limits.bytes) throw tooLarge(limits.bytes, 'MAX_UPLOAD_BYTES')
    const type = sniffImage(content)
    checkKind(type, limits.types)
    const id = createHash('sha256').update(content).digest('hex').slice(0, 40)
    return inTurn(owner, () => store({ id, owner, name, type, size: content.length }, content))
  }

  type NewAsset = Omit<Asset, 'createdAt'> & { owner: string }

  async function store(asset: NewAsset, content: Buffer): Promise<Asset> {
    const { id, owner } = asset
    const known = await one(owner, id)
    if (known) return toAsset(known)
    const { used } = await db
      .selectFrom('assets')
      .select(eb => eb.fn.sum<number>('size').as('used'))
      .where('owner', '=', owner)
      .executeTakeFirstOrThrow()
    if (limits.ownerBytes > 0 && Number(used ?? 0) + content.length > limits.ownerBytes) {
      throw new ApiError(
        'too-large',
        `your pictures would take more than ${limits.ownerBytes} bytes together, the most that MAX_UPLOAD_BYTES_PER_OWNER allows: delete some first`,
      )
    }
    const row = { ...asset, created_at: Date.now() }
    await db
      .insertInto('assets')
      .values({ ...row, content: content.toString('base64') })
      .onConflict(conflict => conflict.columns(['id', 'owner']).doNothing())
      .execute()
    return toAsset(row)
  }

  return {
    add,
    async list(owner) {
      const rows = await db
        .selectFrom('assets')
        .select(columns)
        .where('owner', '=', owner)
        .orderBy('created_at', 'desc')
        .execute()
      return rows.map(toAsset)
    },
    async read(id) {
      const row = await db
        .selectFrom('assets')
        .select(['type', 'content'])
        .where('id', '=', id)
        .executeTakeFirst()
      if (!row) throw new ApiError('not-found', 'there is no such picture')
      return { type: row.type as AssetType, content: Buffer.from(row.content, 'base64') }
    },
    async rename(owner, id, name) {
      await db.updateTable('assets').set({ name }).where('owner', '=', owner).where('id', '=', id).execute()
      const row = await one(owner, id)
      if (!row) throw new ApiError('not-found', 'there is no such picture')
      return toAsset(row)
    },
    async remove(owner, id) {
      const result = await db
        .deleteFrom('assets')
        .where('owner', '=', owner)
        .where('id', '=', id)
        .executeTakeFirst()
      if (result.numDeletedRows === 0n) throw new ApiError('not-found', 'there is no such picture')
    },
    async dataUrls(ids) {
      if (ids.length === 0) return {}
      const rows = await db
        .selectFrom('assets')
        .select(['id', 'type', 'content'])
        .where('id', 'in', ids)
        .execute()
      return Object.fromEntries(rows.map(({ id, type, content }) => [id, `data:${type};base64,${content}`]))
    },
    async addDataUrls(owner, urls) {
      const ids = new Map<string, string>()
      for (const [id, url] of Object.entries(urls)) {
        const content = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
        ids.set(id, (await add(owner, id, content)).id)
      }
      return ids
    },
  }
}
