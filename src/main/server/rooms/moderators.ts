import type { Moderator } from '../../../shared/account.ts'
import { createRecordCache, type Database } from '../store/index.ts'

/** Whom rooms are shared with: they publish, read, and take care of players and history, but change nothing of the room. */
export interface Moderators {
  has(roomId: string, userId: string): Promise<boolean>
  list(roomId: string): Promise<Moderator[]>
  /** @returns false where the room was shared with them already. */
  add(roomId: string, userId: string): Promise<boolean>
  remove(roomId: string, userId: string): Promise<boolean>
  forgetUser(userId: string): Promise<void>
  forgetRoom(roomId: string): void
}

export function createModerators(db: Database, freshFor: number): Moderators {
  const byRoom = createRecordCache(async roomId => {
    const rows = await db
      .selectFrom('room_moderators')
      .select('user_id')
      .where('room_id', '=', roomId)
      .execute()
    return new Set(rows.map(row => row.user_id))
  }, freshFor)

  return {
    has: async (roomId, userId) => (await byRoom.get(roomId))?.has(userId) ?? false,
    list(roomId) {
      return db
        .selectFrom('room_moderators')
        .innerJoin('users', 'users.id', 'room_moderators.user_id')
        .select(['users.id', 'users.username', 'room_moderators.created_at as since'])
        .where('room_id', '=', roomId)
        .orderBy('room_moderators.created_at')
        .orderBy('users.id')
        .execute()
    },
    async add(roomId, userId) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('room_moderators')
        .values({ room_id: roomId, user_id: userId, created_at: Date.now() })
        .onConflict(conflict => conflict.columns(['room_id', 'user_id']).doNothing())
        .executeTakeFirstOrThrow()
      byRoom.forget(roomId)
      return (numInsertedOrUpdatedRows ?? 0n) > 0n
    },
    async remove(roomId, userId) {
      const { numDeletedRows } = await db
        .deleteFrom('room_moderators')
        .where('room_id', '=', roomId)
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow()
      byRoom.forget(roomId)
      return numDeletedRows > 0n
    },
    async forgetUser(userId) {
      await db.deleteFrom('room_moderators').where('user_id', '=', userId).execute()
      byRoom.clear()
    },
    forgetRoom: roomId => byRoom.forget(roomId),
  }
}
