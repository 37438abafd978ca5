import type { RoomRule } from '../auth/index.ts'
import type { Moderators } from './moderators.ts'

/**
 * What an account may do in a room: everything in its own, whatever a moderator may in those shared with it,
 * and the server's owner everything everywhere. An admin manages accounts, not other people's rooms.
 */
export function createRoomRule(moderators: Moderators): RoomRule {
  return async ({ role, userId }, room, action) => {
    if (role === 'owner') return true
    if (userId === null) return false
    if (room.ownerId === userId) return true
    return action !== 'manage' && moderators.has(room.id, userId)
  }
}
