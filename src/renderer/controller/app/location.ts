import { createStore } from 'zustand/vanilla'
import { DEFAULT_ROOM, parseRoomId } from '../../../shared/ids.ts'
import { SECTIONS, type Section } from './sections.ts'

/** Where the user is: `/admin/<section>?room=<id>`. */
export interface Place {
  section: Section
  room: string
}

export function readPlace({ pathname, search }: Pick<Location, 'pathname' | 'search'>): Place {
  const name = pathname.replace(/^\/admin\/?/, '').replace(/\/$/, '')
  const section = SECTIONS.find(known => known === name) ?? 'live'
  const room = parseRoomId(new URLSearchParams(search).get('room') ?? '') ?? DEFAULT_ROOM
  return { section, room }
}

export function placePath({ section, room }: Place): string {
  const path = section === 'live' ? '/admin' : `/admin/${section}`
  return room === DEFAULT_ROOM ? path : `${path}?room=${room}`
}

/** The place as a store; back and forward of the browser work. */
export function createLocation() {
  const store = createStore<Place>()(() => readPlace(window.location))
  window.addEventListener('popstate', () => store.setState(readPlace(window.location)))
  return {
    store,
    /** @param how `replace`: going back does not lead here again */
    go(part: Partial<Place>, how: 'push' | 'replace' = 'push'): void {
      const place = { ...store.getState(), ...part }
      store.setState(place)
      const path = placePath(place)
      // Where one is already, one does not have to come back from.
      if (path === window.location.pathname + window.location.search) return
      window.history[`${how}State`](null, '', path)
    },
  }
}

export type AppLocation = ReturnType<typeof createLocation>
