import type { Message } from '../../../shared/message.ts'
import type { SpeakerLook } from '../../../shared/speaker.ts'
import { isFor } from '../../../shared/target.ts'
import type { PlayerTheme } from '../../../shared/theme.ts'
import { createEmotes } from '../emotes.ts'
import type { PlayerEvent } from '../events.ts'
import { createLook, type LookOverrides } from '../look/look.ts'
import { createFrame } from '../stage/frame.ts'
import { createBacklogEntry } from './backlog-entry.ts'

export interface BacklogOptions {
  /** Lines for another label are left out. */
  label: string
  overrides: LookOverrides
  loadTheme(id: string): Promise<PlayerTheme | null>
  subscribe(listener: (event: PlayerEvent) => void): void
  /** Messages before this id, newest first; null: from the newest. */
  read(before: string | null): Promise<{ messages: Message[]; next: string | null }>
}

/** Pixels from an edge that count as being there. */
const EDGE = 80

/** Everything that was said in a room, oldest at the top; follows live, and reads older lines as one scrolls up. */
export function createBacklog(root: HTMLElement, options: BacklogOptions): void {
  const frame = createFrame(root)
  const { player, list } = frame
  list.replaceChildren()
  list.removeAttribute('aria-hidden')
  list.tabIndex = 0
  list.setAttribute('role', 'log')
  player.dataset.state = 'complete'
  const look = createLook({
    frame,
    overrides: options.overrides,
    loadTheme: options.loadTheme,
    changed: () => undefined,
    problems: { tell: () => undefined, settle: () => undefined },
  })
  const shown = new Map<string, { message: Message; element: HTMLElement }>()
  let speakers = new Map<string, SpeakerLook>()
  const emotes = createEmotes()
  let next: string | null = null
  let reading = false

  const isForUs = ({ label }: Message) => isFor(label, options.label)

  function draw(message: Message, before: Element | null): void {
    const element = createBacklogEntry(message, name => speakers.get(name), emotes)
    shown.set(message.id, { message, element })
    list.insertBefore(element, before)
  }

  /** Keeps what one reads where it is, or follows the newest line where one is at the end. */
  function change(work: () => void): void {
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < EDGE
    work()
    if (atEnd) list.scrollTop = list.scrollHeight
  }

  function add(message: Message): void {
    if (!isForUs(message) || shown.has(message.id)) return
    change(() => draw(message, null))
  }

  async function readOlder(before: string | null): Promise<void> {
    if (reading) return
    reading = true
    try {
      const page = await options.read(before)
      next = page.next
      const anchor = list.firstElementChild
      const height = list.scrollHeight
      for (const message of page.messages.slice().reverse()) if (!shown.has(message.id)) draw(message, anchor)
      list.scrollTop = before === null ? list.scrollHeight : list.scrollTop + list.scrollHeight - height
    } catch {
      // The next scroll asks again.
    } finally {
      reading = false
    }
  }

  function redraw(id: string, change: (message: Message) => Message): void {
    const known = shown.get(id)
    if (!known) return
    const message = change(known.message)
    const element = createBacklogEntry(message, name => speakers.get(name), emotes)
    known.element.replaceWith(element)
    shown.set(id, { message, element })
  }

  list.addEventListener('scroll', () => {
    if (list.scrollTop < EDGE && next !== null) void readOlder(next)
  })

  options.subscribe(event => {
    if (event.name === 'message') add(event.data)
    else if (event.name === 'delta') {
      const { data } = event
      change(() =>
        redraw(data.message, message =>
          data.final
            ? { ...message, data: { ...message.data, ...data.data }, status: 'complete' }
            : { ...message, data: { ...message.data, message: `${message.data.message ?? ''}${data.text}` } },
        ),
      )
    } else if (event.name === 'retract') {
      const { message } = event.data
      for (const [id, { element }] of shown) {
        if (message !== null && id !== message) continue
        element.remove()
        shown.delete(id)
      }
    } else if (event.name === 'meta') {
      const meta = event.data
      if (meta.type === 'hello' || meta.type === 'settings') look.apply(meta.settings)
      if (meta.type === 'hello' || meta.type === 'emotes') emotes.set(meta.emotes)
      if (meta.type === 'emotes') for (const id of shown.keys()) redraw(id, message => message)
      if (meta.type === 'hello') {
        if (meta.reset) {
          shown.clear()
          list.replaceChildren()
        }
        if (meta.exists) void readOlder(null)
      }
      if (meta.type === 'theme') look.themeChanged(meta.id, meta.version)
      if (meta.type === 'speakers') {
        speakers = new Map(meta.speakers.map(speaker => [speaker.name, speaker]))
        for (const id of shown.keys()) redraw(id, message => message)
      }
    }
  })
}
