import type { ErrorEnvelope } from '../../shared/errors.ts'
import type { RoomEvents } from '../../shared/events.ts'

/** One event of a room's stream, with its name. */
export type PlayerEvent =
  | { [Name in keyof RoomEvents]: { name: Name; data: RoomEvents[Name] } }[keyof RoomEvents]
  /** Of the connection itself: whether events can arrive at the moment. */
  | { name: 'connection'; data: { online: boolean } }
  /** The server does not let this page watch, and will not by itself. */
  | { name: 'refused'; data: ErrorEnvelope }

/**
 * Where a player's events come from: the network on the player page, a store in the controller's preview.
 * Events arrive in the order of the stream; after `unsubscribe` none arrives.
 */
export interface PlayerEvents {
  subscribe(listener: (event: PlayerEvent) => void): () => void
}
