import type { RoomSettings } from '../../../shared/room.ts'
import { DEFAULT_ROOM_SETTINGS } from '../../../shared/room-defaults.ts'
import type { SpeakerLook } from '../../../shared/speaker.ts'
import type { Emotes } from '../emotes.ts'
import type { PlayerEvent } from '../events.ts'
import { createInbox, type Inbox } from '../queue/inbox.ts'
import { createQueue, type Queue } from '../queue/queue.ts'
import { measureLine } from '../text/measure.ts'
import { paceOf } from '../text/pace.ts'

export type Appear = RoomSettings['backlog']['appear']

/** Which lines the backlog does not show yet, because the dialogue beside it is not that far. */
export interface HeldLines {
  /** To be told of every event, behind the settings that it brings and before anything of it is drawn. */
  receive(event: PlayerEvent, now: number): void
  /** When lines appear: as the room, or the page's address, has it. */
  configure(settings: RoomSettings, appear: Appear, now: number): void
  /** How many lines of a message may be shown, from its first; Infinity: all. */
  shownOf(message: string): number
}

/**
 * Goes through the room's events as a dialogue player does, with the same queue by the same clock, only that nothing is drawn: so
 * it knows what such a player shows, whether or not one is open. What a page alone can know (that long text is turned page by
 * page) is left out: such a line may appear before its last page.
 *
 * @param changed called with the ids of messages of which more, or less, is to be shown than before.
 */
export function createHeldLines(
  label: string,
  emotes: Pick<Emotes, 'has' | 'usedBy'>,
  changed: (messages: string[]) => void,
): HeldLines {
  let settings = DEFAULT_ROOM_SETTINGS
  let appear: Appear = 'sent'
  let speakers: readonly SpeakerLook[] = []
  /** Lines that may be shown, of the messages of which not all are. */
  let limits = new Map<string, number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const paceFor = (name: string) =>
    paceOf(
      settings,
      speakers.find(speaker => speaker.name === name),
    )
  let dialogue: { queue: Queue; inbox: Inbox } | undefined

  /** A dialogue that has had the room's settings all along: a change of them would count as a moment at which lines go on. */
  function begin(): { queue: Queue; inbox: Inbox } {
    const queue = createQueue(settings.queue, entry => measureLine(entry.line, paceFor(entry.speaker)))
    const ignore = () => undefined
    const told = { onUnknownEmote: ignore, onUnknownStyle: ignore }
    return { queue, inbox: createInbox({ queue, label, emotes, ...told, saved: null }) }
  }

  function limitsAt(now: number): Map<string, number> {
    const found = new Map<string, number>()
    if (appear === 'sent' || !dialogue) return found
    const { queue } = dialogue
    const { phase, current, shown, waiting } = queue.state(now)
    // A box that is hidden shows nothing that could be given away.
    const stands = appear === 'left' && (phase === 'typing' || phase === 'complete') ? shown : []
    const typed = appear === 'typed' && phase === 'typing' && current ? [current] : []
    for (const { message, index } of [...waiting, ...stands, ...typed])
      found.set(message, Math.min(index, found.get(message) ?? index))
    return found
  }

  function look(now: number): void {
    const before = limits
    limits = limitsAt(now)
    const ids = new Set([...before.keys(), ...limits.keys()])
    const different = [...ids].filter(id => before.get(id) !== limits.get(id))
    if (different.length > 0) changed(different)
    clearTimeout(timer)
    if (appear === 'sent' || !dialogue) return
    const { queue } = dialogue
    const at = Math.min(queue.wakeAt() ?? Number.POSITIVE_INFINITY, queue.typedAt(now))
    if (at !== Number.POSITIVE_INFINITY) timer = setTimeout(wake, Math.max(0, Math.ceil(at - now)))
  }

  function wake(): void {
    const now = performance.now()
    dialogue?.queue.advance(now)
    look(now)
  }

  return {
    receive(event, now) {
      if (event.name === 'meta' && event.data.type === 'speakers') speakers = event.data.speakers
      if (!dialogue) return
      const { queue, inbox } = dialogue
      inbox.receive(event, now)
      inbox.settle(now)
      queue.advance(now)
      look(now)
    },
    configure(next, when, now) {
      settings = next
      appear = when
      if (dialogue) dialogue.queue.configure(settings.queue, now)
      else dialogue = begin()
      look(now)
    },
    shownOf: message => limits.get(message) ?? Number.POSITIVE_INFINITY,
  }
}
