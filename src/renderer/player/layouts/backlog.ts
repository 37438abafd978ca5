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
/** A page that is left open follows the stream for hours: past this many messages the oldest give way, down to half of them. */
const MAX_KEPT = 400

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
  /** The newest messages were read: what comes later comes by the stream, after a pause too. */
  let begun = false
  /** The reader is at the end, and stays there whatever comes or gets another size. */
  let following = true
  /** Taken back while a page of messages was on its way. */
  const taken = new Set<string>()

  const isForUs = ({ label }: Message) => isFor(label, options.label)

  // Boxes get their true height when they come in sight, and again when a font or picture arrives.
  const sizes = new ResizeObserver(follow)

  function follow(): void {
    if (following) list.scrollTop = list.scrollHeight
  }

  function create(message: Message): HTMLElement {
    const element = createBacklogEntry(message, name => speakers.get(name), emotes)
    sizes.observe(element)
    shown.set(message.id, { message, element })
    return element
  }

  function draw(message: Message, before: Element | null): void {
    list.insertBefore(create(message), before)
  }

  function add(message: Message): void {
    if (!isForUs(message) || shown.has(message.id)) return
    draw(message, null)
    if (following) forgetOldest()
    follow()
  }

  function forget(id: string): void {
    const known = shown.get(id)
    if (!known) return
    sizes.unobserve(known.element)
    known.element.remove()
    shown.delete(id)
  }

  function forgetOldest(): void {
    if (shown.size <= MAX_KEPT || reading) return
    // Older pages were put above, so the document knows their order, not the map.
    const ids = new Map([...shown].map(([id, { element }]) => [element as Element, id]))
    for (const element of [...list.children].slice(0, shown.size - MAX_KEPT / 2)) forget(ids.get(element)!)
    next = ids.get(list.firstElementChild!) ?? null
  }

  async function readOlder(before: string | null): Promise<void> {
    if (reading) return
    reading = true
    taken.clear()
    try {
      const page = await options.read(before)
      next = page.next
      begun = true
      const anchor = list.firstElementChild
      const height = list.scrollHeight
      for (const message of page.messages.slice().reverse())
        if (!shown.has(message.id) && !taken.has(message.id)) draw(message, anchor)
      if (before !== null) list.scrollTop += list.scrollHeight - height
      follow()
    } catch {
      // The next scroll asks again, or the next stream.
    } finally {
      reading = false
    }
  }

  function redraw(id: string, change: (message: Message) => Message): void {
    const known = shown.get(id)
    if (!known) return
    sizes.unobserve(known.element)
    known.element.replaceWith(create(change(known.message)))
  }

  function redrawAll(): void {
    for (const id of shown.keys()) redraw(id, message => message)
    follow()
  }

  list.addEventListener('scroll', () => {
    following = list.scrollHeight - list.scrollTop - list.clientHeight < EDGE
    if (list.scrollTop < EDGE && next !== null) void readOlder(next)
  })

  options.subscribe(event => {
    if (event.name === 'message') add(event.data)
    else if (event.name === 'delta') {
      const { data } = event
      redraw(data.message, message =>
        data.final
          ? { ...message, data: { ...message.data, ...data.data }, status: 'complete' }
          : { ...message, data: { ...message.data, message: `${message.data.message ?? ''}${data.text}` } },
      )
      follow()
    } else if (event.name === 'retract') {
      const { message } = event.data
      if (message !== null) taken.add(message)
      for (const id of message === null ? [...shown.keys()] : [message]) forget(id)
    } else if (event.name === 'meta') {
      const meta = event.data
      if (meta.type === 'hello') look.lookAgain()
      if (meta.type === 'hello' || meta.type === 'settings') look.apply(meta.settings)
      if (meta.type === 'hello' || meta.type === 'emotes') emotes.set(meta.emotes)
      if (meta.type === 'emotes') redrawAll()
      if (meta.type === 'hello') {
        if (meta.reset) {
          for (const id of [...shown.keys()]) forget(id)
          begun = false
          following = true
        }
        if (meta.exists && !begun) void readOlder(null)
      }
      if (meta.type === 'theme') look.themeChanged(meta.id, meta.version)
      if (meta.type === 'speakers') {
        speakers = new Map(meta.speakers.map(speaker => [speaker.name, speaker]))
        redrawAll()
      }
    }
  })
}
