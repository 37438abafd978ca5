import type { QuoteEvent, TypingEvent } from '../../shared/events.ts'
import { parseMarkup } from '../../shared/markup/parse.ts'
import { withoutUnfinished } from '../../shared/markup/unfinished.ts'
import type { RoomSettings } from '../../shared/room.ts'
import type { Emotes } from './emotes.ts'
import type { Queue } from './queue/queue.ts'
import type { Screen } from './stage/screen.ts'
import { plainText } from './text/cells.ts'

/** What stands in the box while no line has it: what is being typed, or a quotation. */
export interface Drafts {
  /** What the controller's author is typing, shown where nothing else is going on; never in the way of a line. */
  type(event: TypingEvent): void
  /** A sentence while nothing is on the screen; whatever comes takes its place at once. */
  quote(event: QuoteEvent): void
  /** A line has come. What was typed before it is most often that line. */
  overtake(): void
  /** Something has changed that may have been in the way. */
  look(): void
  /** The room's settings have changed: what it does not want any more goes. */
  configure(): void
  /** A new stream: who has stopped typing meanwhile has not been heard. */
  forget(): void
}

export interface DraftsOptions {
  player: HTMLElement
  screen: Pick<Screen, 'draft' | 'perform'>
  queue: Pick<Queue, 'state'>
  emotes: Pick<Emotes, 'has'>
  settings(): RoomSettings
}

export function createDrafts({ player, screen, queue, emotes, settings }: DraftsOptions): Drafts {
  /** What stands there where the state is `draft`. */
  let kind: 'typing' | 'quote' = 'typing'
  /** What is being typed and has not been shown, because a line is in its way or the room does not want it. */
  let pending: TypingEvent | null = null

  /** As it will be read, without half a tag at its end. */
  function readable(text: string): string {
    const finished = withoutUnfinished(text, 'markup', emotes.has)
    return plainText(parseMarkup(finished, { isEmote: emotes.has }))
  }

  function look(): void {
    if (!pending || !settings().showTyping) return
    const { phase, waiting, visible } = queue.state(performance.now())
    if (!visible || waiting.length > 0 || phase === 'typing') return
    const { speaker, text } = pending
    pending = null
    const words = readable(text)
    if (words.trim() !== '') {
      kind = 'typing'
      screen.draft(speaker, words)
    } else if (kind === 'typing') end()
  }

  function end(): void {
    if (player.dataset.state !== 'draft') return
    const { phase, shown } = queue.state(performance.now())
    screen.perform(
      shown.length === 0
        ? { type: 'clear' }
        : { type: 'show', entries: [...shown], elapsed: Number.POSITIVE_INFINITY },
    )
    screen.perform({ type: 'visible', visible: phase !== 'hidden' })
  }

  return {
    look,
    type(event) {
      pending = event.text === '' ? null : event
      if (pending) look()
      else if (kind === 'typing') end()
    },
    quote({ speaker, text }) {
      const { phase, waiting, visible } = queue.state(performance.now())
      const isEmpty = visible && waiting.length === 0 && (phase === 'idle' || phase === 'hidden')
      const isTyped = player.dataset.state === 'draft' && kind === 'typing'
      if (!settings().idleFallback || !isEmpty || isTyped) return
      kind = 'quote'
      screen.draft(speaker, text)
    },
    overtake() {
      pending = null
    },
    configure() {
      const { showTyping, idleFallback } = settings()
      if (!(kind === 'typing' ? showTyping : idleFallback)) end()
    },
    forget() {
      pending = null
      end()
    },
  }
}
