import type { RoomEvents } from '../../../shared/events.ts'
import type { PlayerEvent, PlayerEvents } from '../events.ts'

const NAMES = [
  'message',
  'delta',
  'retract',
  'control',
  'meta',
] as const satisfies readonly (keyof RoomEvents)[]

/** Events of one room over the browser's own EventSource, opened with the first subscriber. */
export function createEventSourceFeed(path: string): PlayerEvents {
  return {
    subscribe(listener) {
      const source = new EventSource(path)
      source.onopen = () => listener({ name: 'connection', data: { online: true } })
      source.onerror = () => listener({ name: 'connection', data: { online: false } })
      for (const name of NAMES)
        source.addEventListener(name, event => {
          listener({ name, data: JSON.parse(event.data) } as PlayerEvent)
        })
      return () => source.close()
    },
  }
}
