import type { EmotesEvent, HelloEvent, SpeakersEvent } from '../../../shared/events.ts'
import type { Message } from '../../../shared/message.ts'
import type { RoomSettings } from '../../../shared/room.ts'
import type { RoomEvent } from './room-stream.ts'

/** What the introduction needs to know of the desk, read when a listener comes. */
export interface DeskNow {
  settings(): RoomSettings
  /** The newest message; undefined when there is none. */
  newest(): Message | undefined
  visible(): boolean
  paused(): boolean
}

export interface Introduction {
  handle(event: RoomEvent): void
  /** The events that a listener who comes now would have got from a stream of its own. */
  events(): RoomEvent[]
}

/** A preview that is opened late is told how things stand, not how they stood when the stream began. */
export function createIntroduction(now: DeskNow): Introduction {
  let hello: HelloEvent | null = null
  let speakers: SpeakersEvent | null = null
  let emotes: EmotesEvent | null = null
  /** The newest message when the screen was last cleared: it is not on it any more. */
  let cleared: string | null = null
  /** Whether anything but hello has told of the screen. */
  let live = false

  return {
    handle(event) {
      if (event.name === 'control' && event.data.action === 'clear' && !event.data.label)
        cleared = now.newest()?.id ?? null
      if (event.name !== 'meta') {
        live = true
        return
      }
      if (event.data.type === 'speakers') speakers = event.data
      if (event.data.type === 'emotes') emotes = event.data
      if (event.data.type !== 'hello') return
      hello = event.data
      emotes = null
      live = false
    },
    events() {
      if (!hello) return []
      const newest = now.newest()
      const current = newest && newest.id !== cleared ? newest : null
      const snapshot = live
        ? { current, currentSince: null, queue: [], visible: now.visible(), paused: now.paused() }
        : hello.snapshot
      const events: RoomEvent[] = [
        {
          name: 'meta',
          data: {
            ...hello,
            last: newest?.id ?? hello.last,
            settings: now.settings(),
            emotes: emotes?.emotes ?? hello.emotes,
            snapshot,
            reset: false,
          },
        },
      ]
      if (speakers) events.push({ name: 'meta', data: speakers })
      return events
    },
  }
}
