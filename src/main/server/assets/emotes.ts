import { randomBytes } from 'node:crypto'
import { assetUrl } from '../../../shared/asset.ts'
import { type Emote, MAX_EMOTES } from '../../../shared/emote.ts'
import { emoteKey } from '../../../shared/emote-key.ts'
import { ApiError } from '../errors.ts'
import { createTurns } from '../limits/index.ts'
import { type Database, isDuplicate } from '../store/index.ts'
import type { Assets } from './assets.ts'

/** Names by which lines call their owner's pictures. */
export interface Emotes {
  /** By name. */
  list(owner: string): Promise<Emote[]>
  /**
   * @param picture a file's content, no larger than an emote's may be, or the id of an asset that the owner has.
   * @throws ApiError `conflict` where the name is taken, `not-found`, and as `Assets.add`.
   */
  add(owner: string, name: string, picture: Buffer | string): Promise<Emote>
  /** @throws ApiError `not-found`, `conflict`. */
  rename(owner: string, id: string, name: string): Promise<Emote>
  /** Its picture goes with it where it came with it and no other emote shows it. @throws ApiError `not-found`. */
  remove(owner: string, id: string): Promise<void>
  /** The picture is about to be deleted: all emotes of this owner that show it go. */
  removeShowing(owner: string, asset: string): Promise<void>
}

type Row = { id: string; name: string; asset: string; created_at: number }

const toEmote = ({ id, name, asset, created_at }: Row): Emote => ({
  id,
  name,
  asset,
  url: assetUrl(asset),
  createdAt: Number(created_at),
})

const gone = () => new ApiError('not-found', 'there is no such emote any more')

export function createEmotes(parts: {
  db: Database
  assets: Assets
  /** Told when an owner's emotes are others than before. */
  changed(): void
}): Emotes {
  const { db, assets, changed } = parts
  const columns = ['id', 'name', 'asset', 'created_at'] as const
  const of = (owner: string) => db.selectFrom('emotes').select(columns).where('owner', '=', owner)

  async function refuseTaken(owner: string, name: string, self = ''): Promise<void> {
    const taken = await of(owner)
      .where('name_key', '=', emoteKey(name))
      .where('id', '!=', self)
      .executeTakeFirst()
    if (taken) throw new ApiError('conflict', `there is an emote :${taken.name}: already`)
  }

  async function refuseFull(owner: string): Promise<void> {
    const { count } = await db
      .selectFrom('emotes')
      .select(eb => eb.fn.countAll<number>().as('count'))
      .where('owner', '=', owner)
      .executeTakeFirstOrThrow()
    if (Number(count) >= MAX_EMOTES)
      throw new ApiError('too-large', `no more than ${MAX_EMOTES} emotes can be kept: delete some first`)
  }

  const inTurn = createTurns()

  return {
    async list(owner) {
      return (await of(owner).orderBy('name_key').execute()).map(toEmote)
    },
    add: (owner, name, picture) =>
      inTurn(owner, async () => {
        await refuseTaken(owner, name)
        await refuseFull(owner)
        const known = new Set((await assets.list(owner)).map(asset => asset.id))
        let asset: string
        if (typeof picture === 'string') {
          if (!known.has(picture)) throw new ApiError('not-found', 'you have no such picture')
          asset = picture
        } else {
          asset = (await assets.add(owner, name, picture)).id
        }
        const row = {
          id: randomBytes(12).toString('hex'),
          owner,
          name,
          name_key: emoteKey(name),
          asset,
          brought_asset: known.has(asset) ? 0 : 1,
          created_at: Date.now(),
        }
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('emotes')
          .values(row)
          .onConflict(conflict => conflict.columns(['owner', 'name_key']).doNothing())
          .executeTakeFirstOrThrow()
        // Somebody else took the name meanwhile.
        if (numInsertedOrUpdatedRows === 0n) await refuseTaken(owner, name)
        changed()
        return toEmote(row)
      }),
    async rename(owner, id, name) {
      await refuseTaken(owner, name, id)
      const { numUpdatedRows } = await db
        .updateTable('emotes')
        .set({ name, name_key: emoteKey(name) })
        .where('owner', '=', owner)
        .where('id', '=', id)
        .executeTakeFirst()
        .catch(error => {
          // Somebody else took the name meanwhile.
          throw isDuplicate(error) ? new ApiError('conflict', `there is an emote :${name}: already`) : error
        })
      if (numUpdatedRows === 0n) throw gone()
      changed()
      return toEmote(await of(owner).where('id', '=', id).executeTakeFirstOrThrow())
    },
    async remove(owner, id) {
      const row = await db
        .selectFrom('emotes')
        .select(['asset', 'brought_asset'])
        .where('owner', '=', owner)
        .where('id', '=', id)
        .executeTakeFirst()
      if (!row) throw gone()
      await db.deleteFrom('emotes').where('owner', '=', owner).where('id', '=', id).execute()
      if (row.brought_asset === 1) await removeUnused(owner, row.asset)
      changed()
    },
    async removeShowing(owner, asset) {
      const { numDeletedRows } = await db
        .deleteFrom('emotes')
        .where('owner', '=', owner)
        .where('asset', '=', asset)
        .executeTakeFirst()
      if (numDeletedRows > 0n) changed()
    },
  }

  async function removeUnused(owner: string, asset: string): Promise<void> {
    const heir = await of(owner).where('asset', '=', asset).executeTakeFirst()
    if (heir) {
      // The picture now came with this one.
      await db.updateTable('emotes').set({ brought_asset: 1 }).where('id', '=', heir.id).execute()
      return
    }
    const speaker = await db
      .selectFrom('presets')
      .select('id')
      .where('owner', '=', owner)
      .where('data', 'like', `%"${asset}"%`)
      .executeTakeFirst()
    if (!speaker) await assets.remove(owner, asset)
  }
}
