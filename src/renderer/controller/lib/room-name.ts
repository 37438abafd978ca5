import type { Room } from '../../../shared/room.ts'

/** What a room is called in lists: its name, with its id where that says something else. */
export const roomName = ({ id, name }: Pick<Room, 'id' | 'name'>): string =>
  name && name.toLowerCase() !== id ? `${name} (${id})` : name || id
