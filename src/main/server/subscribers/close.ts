import { Frame, type Hub, type Subscriber } from '../sse/index.ts'

/** Tells the client not to come back by itself, then ends the stream. */
export function closeForGood(
  subscriber: Subscriber,
  reason: 'kicked' | 'revoked' | 'room-deleted' | 'replaced' | 'locked',
): void {
  subscriber.send(Frame.of({ event: 'meta', data: JSON.stringify({ type: 'closed', reason }) }))
  subscriber.end()
}

/** The room has a watch key now, or another one: players that came without it, or by the old one, end. */
export function lockOut(hub: Hub, room: string): void {
  for (const subscriber of [...hub.inRoom(room)]) {
    if (subscriber.info.credential === null) closeForGood(subscriber, 'locked')
  }
}
