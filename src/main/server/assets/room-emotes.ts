import type { EmoteLook } from '../../../shared/emote.ts'
import { emoteKey } from '../../../shared/emote-key.ts'
import type { EmotesEvent } from '../../../shared/events.ts'
import type { RoomRecord, Rooms } from '../rooms/index.ts'
import { Frame, type Hub } from '../sse/index.ts'
import type { Emotes } from './emotes.ts'

/** Tells players which emotes a room has: with hello, and when it changes. */
export interface RoomEmotes {
  of(room: RoomRecord): Promise<EmoteLook[]>
  /** Somebody's emotes have changed. */
  changed(): void
}

/**
 * A room has the emotes of its owner, and for names that they lack those of the server's owner.
 * The lists are kept for each owner: a thousand players that come back at once cost one query.
 */
export function createRoomEmotes(parts: {
  emotes: Pick<Emotes, 'list'>
  rooms: Rooms
  hub: Hub
}): RoomEmotes {
  const { emotes, rooms, hub } = parts
  const lists = new Map<string, Promise<EmoteLook[]>>()

  async function read(owner: string): Promise<EmoteLook[]> {
    const own = await emotes.list(owner)
    const common = owner === '' ? [] : await emotes.list('')
    const names = new Set(own.map(({ name }) => emoteKey(name)))
    return [...own, ...common.filter(({ name }) => !names.has(emoteKey(name)))].map(({ name, url }) => ({
      name,
      url,
    }))
  }

  function of({ ownerId }: Pick<RoomRecord, 'ownerId'>): Promise<EmoteLook[]> {
    const owner = ownerId ?? ''
    const known = lists.get(owner)
    if (known) return known
    const made = read(owner)
    lists.set(owner, made)
    made.catch(() => lists.delete(owner))
    return made
  }

  async function tellAll(): Promise<void> {
    for (const id of hub.rooms()) {
      const room = await rooms.find(id)
      if (!room) continue
      const event: EmotesEvent = { type: 'emotes', emotes: await of(room) }
      const frame = Frame.of({ event: 'meta', data: JSON.stringify(event) })
      hub.deliver(id, { frame, from: null, to: null })
    }
  }

  return {
    of,
    changed() {
      lists.clear()
      // The change itself is stored; players that miss this are told when they next come.
      tellAll().catch(() => undefined)
    },
  }
}
