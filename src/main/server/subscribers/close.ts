import type { RoomRecord } from '../rooms/index.ts'
import { Frame, type Hub, type Subscriber } from '../sse/index.ts'

/** Tells the client not to come back by itself, then ends the stream. */
export function closeForGood(
  subscriber: Subscriber,
  reason: 'kicked' | 'revoked' | 'room-deleted' | 'replaced' | 'locked',
): void {
  subscriber.send(Frame.of({ event: 'meta', data: JSON.stringify({ type: 'closed', reason }) }))
  subscriber.end()
}

/** Where the room has a watch key now, or another one: players that came without it, or by the old one, end. */
export function lockOut(hub: Hub, room: Pick<RoomRecord, 'id' | 'watchKey'>): void {
  if (room.watchKey === null) return
  for (const subscriber of [...hub.inRoom(room.id)]) {
    if (isLockedOut(subscriber, room)) closeForGood(subscriber, 'locked')
  }
}

/** Whether it came without the room's watch key, and rests on nothing else. */
export function isLockedOut({ info }: Subscriber, room: Pick<RoomRecord, 'watchKey'>): boolean {
  return room.watchKey !== null && info.credential === null && info.watchKey !== room.watchKey
}
