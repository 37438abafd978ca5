import type { EmotesEvent, HelloEvent, PlayerInfo, Snapshot, SpeakersEvent } from '../../../shared/events.ts'
import type { Message } from '../../../shared/message.ts'
import type { RoomSettings } from '../../../shared/room.ts'
import { isFor } from '../../../shared/target.ts'
import type { RoomEvent } from './room-stream.ts'
import { isUpTo } from './transcript.ts'

/** What the introduction needs to know of the desk, read when a listener comes. */
export interface DeskNow {
  settings(): RoomSettings
  /** The newest messages, oldest first. */
  messages(): readonly Message[]
  players(): readonly PlayerInfo[]
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
  /** The newest message when the screen was last cleared: it and those before it are not on it any more. */
  let cleared: string | null = null
  /** Whether anything but hello has told of the screen. */
  let live = false

  /** The furthest of the players is what the audience sees; where there are none, the newest line. */
  function snapshot(): Snapshot {
    const up = cleared
    const messages = now.messages().filter(({ id, label }) => isFor(label, '') && !(up && isUpTo(id, up)))
    let at = -1
    let line: number | undefined
    for (const { place, label, report } of now.players()) {
      if (place === 'preview' || label !== '' || !report?.showing) continue
      const index = messages.findIndex(({ id }) => id === report.showing)
      const isFurther = index > at || (index === at && (report.shownLine ?? -1) > (line ?? -1))
      if (index === -1 || !isFurther) continue
      at = index
      line = report.shownLine
    }
    if (at === -1) at = messages.length - 1
    return {
      current: messages[at] ?? null,
      ...(line !== undefined && { currentLine: line }),
      currentSince: null,
      queue: messages.slice(at + 1),
      visible: now.visible(),
      paused: now.paused(),
    }
  }

  return {
    handle(event) {
      if (event.name === 'control' && event.data.action === 'clear' && !event.data.label)
        cleared = now.messages().at(-1)?.id ?? cleared
      if (event.name !== 'meta') {
        live = true
        return
      }
      if (event.data.type === 'speakers') speakers = event.data
      if (event.data.type === 'emotes') emotes = event.data
      if (event.data.type !== 'hello') return
      hello = event.data
      emotes = null
      cleared = hello.stage.cleared ?? null
      // One that only goes on does not tell of it again.
      live = hello.snapshot === null
    },
    events() {
      if (!hello) return []
      const events: RoomEvent[] = [
        {
          name: 'meta',
          data: {
            ...hello,
            last: now.messages().at(-1)?.id ?? hello.last,
            settings: now.settings(),
            emotes: emotes?.emotes ?? hello.emotes,
            snapshot: live ? snapshot() : hello.snapshot,
            reset: false,
          },
        },
      ]
      if (speakers) events.push({ name: 'meta', data: speakers })
      return events
    },
  }
}
