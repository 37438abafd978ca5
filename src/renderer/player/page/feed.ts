import type { StreamPage } from '../../../shared/stream.ts'
import type { PlayerEvent, PlayerEvents } from '../events.ts'

/** What a page asks of the server: a {@link StreamPage} before the defaults are filled in. */
export type PageRequest = Pick<StreamPage, 'page' | 'room'> & Partial<StreamPage>

/** Events of this page's room, from the network. */
export interface Feed extends PlayerEvents {
  close(): void
}

/** Makes an event of what a stream carries; null for data that are no JSON, and for names that no player knows. */
export function readEvent(name: string, data: string): PlayerEvent | null {
  switch (name) {
    case 'message':
    case 'delta':
    case 'retract':
    case 'control':
    case 'meta':
      try {
        return { name, data: JSON.parse(data) } as PlayerEvent
      } catch {
        return null
      }
  }
  return null
}

/** A page's random name. On a LAN address there is no `crypto.randomUUID`. */
export function createPageName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, byte => byte.toString(36).padStart(2, '0')).join('')
}

/** A server on this machine or in this network is asked soon again, so that the stream goes on. */
export const RETRY = { base: 500, max: 5_000 }
