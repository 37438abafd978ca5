import type { Message } from '../../../shared/message.ts'
import type { RoomSettings } from '../../../shared/room.ts'
import type { SpeakerLook } from '../../../shared/speaker.ts'
import { isFor } from '../../../shared/target.ts'
import type { PlayerTheme } from '../../../shared/theme.ts'
import { createEmotes } from '../emotes.ts'
import type { PlayerEvent } from '../events.ts'
import { createLook, type LookOverrides } from '../look/look.ts'
import { createFrame } from '../stage/frame.ts'
import { createBacklogEntry } from './backlog-entry.ts'
import { createHeldLines } from './held-lines.ts'

export interface BacklogOptions {
  /** Lines for another label are left out. */
  label: string
  overrides: LookOverrides
  /** What goes before the room's own layout of this page. */
  arrangement: Partial<RoomSettings['backlog']>
  loadTheme(id: string): Promise<PlayerTheme | null>
  subscribe(listener: (event: PlayerEvent) => void): void
  /** Messages before this id, newest first; null: from the newest. */
  read(before: string | null): Promise<{ messages: Message[]; next: string | null }>
}

/** Pixels from an edge that count as being there. */
const EDGE = 80
/** A page that is left open follows the stream for hours: past this many messages the oldest give way, down to half of them. */
const MAX_KEPT = 400

/** Milliseconds until the newest messages are asked for once more, where the server could not say: there is no scrolling to wait for. */
const TRY_AGAIN = 3_000

/** What became of messages while a page of them was on its way, which may not know of it yet. */
interface Reading {
  taken: Set<string>
  whole: Map<string, Message['data']>
  /** All were taken back. */
  everything: boolean
}

/** A message of a page that was asked for a moment ago, as it is by now. */
function asOfNow(message: Message, { whole }: Reading): Message {
  const data = whole.get(message.id)
  return data ? { ...message, data: { ...message.data, ...data }, status: 'complete' } : message
}

/** Everything that was said in a room, in either order; follows live, and reads older lines as one scrolls to them. */
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
  const held = createHeldLines(options.label, emotes, messages => {
    for (const id of messages) redraw(id, message => message)
    follow()
  })
  let next: string | null = null
  /** The page that is on its way. */
  let reading: Reading | null = null
  let tryAgain: ReturnType<typeof setTimeout> | undefined
  /** The newest messages were read: what comes later comes by the stream, after a pause too. */
  let begun = false
  /** The newest line is at the top. */
  let reversed = false
  /** The reader is at the newest line, and stays there whatever comes or gets another size. */
  let following = true

  const isForUs = ({ label }: Message) => isFor(label, options.label)

  // Boxes get their true height when they come in sight, and again when a font or picture arrives.
  const sizes = new ResizeObserver(follow)

  function follow(): void {
    if (following) list.scrollTop = reversed ? 0 : list.scrollHeight
  }

  /** Whether the newest line, or the oldest that was read, is in sight. */
  function isAt(end: 'newest' | 'oldest'): boolean {
    const below = list.scrollHeight - list.scrollTop - list.clientHeight
    return (reversed === (end === 'newest') ? list.scrollTop : below) < EDGE
  }

  function create(message: Message): HTMLElement {
    const element = createBacklogEntry(message, name => speakers.get(name), emotes, held.shownOf(message.id))
    sizes.observe(element)
    shown.set(message.id, { message, element })
    return element
  }

  /** @param newest behind all that is there; else before it. */
  function draw(message: Message, newest: boolean): void {
    if (newest === reversed) list.prepend(create(message))
    else list.append(create(message))
  }

  function add(message: Message): void {
    if (!isForUs(message) || shown.has(message.id)) return
    draw(message, true)
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
    // Older pages were put before the others, so the document knows their order, not the map.
    const ids = new Map([...shown].map(([id, { element }]) => [element as Element, id]))
    const old = reversed ? [...list.children].reverse() : [...list.children]
    const surplus = shown.size - MAX_KEPT / 2
    for (const element of old.slice(0, surplus)) forget(ids.get(element)!)
    next = ids.get(old[surplus]!) ?? null
  }

  async function readOlder(before: string | null): Promise<void> {
    if (reading) return
    clearTimeout(tryAgain)
    const mine: Reading = { taken: new Set(), whole: new Map(), everything: false }
    reading = mine
    try {
      const page = await options.read(before)
      // The history began anew meanwhile: this is a page of the old one.
      if (reading !== mine) return
      next = mine.everything ? null : page.next
      begun = true
      const height = list.scrollHeight
      for (const message of mine.everything ? [] : page.messages)
        if (!shown.has(message.id) && !mine.taken.has(message.id)) draw(asOfNow(message, mine), false)
      if (before !== null && !reversed) list.scrollTop += list.scrollHeight - height
      follow()
    } catch {
      // Older ones are asked for by the next scroll.
      if (reading === mine && !begun) tryAgain = setTimeout(readOlder, TRY_AGAIN, null)
    } finally {
      if (reading === mine) reading = null
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

  function arrange(settings: RoomSettings): void {
    const { newestFirst, mirrored, names, times, appear } = { ...settings.backlog, ...options.arrangement }
    held.configure(settings, appear, performance.now())
    player.dataset.mirrored = String(mirrored)
    player.dataset.names = String(names)
    player.dataset.times = String(times)
    if (newestFirst === reversed) return
    reversed = newestFirst
    following = true
    list.append(...[...list.children].reverse())
    follow()
  }

  list.addEventListener('scroll', () => {
    following = isAt('newest')
    if (isAt('oldest') && next !== null) void readOlder(next)
  })

  options.subscribe(event => {
    if (event.name === 'meta' && event.data.type === 'hello') {
      emotes.set(event.data.emotes)
      arrange(event.data.settings)
    }
    held.receive(event, performance.now())
    if (event.name === 'message') add(event.data)
    else if (event.name === 'delta') {
      const { data } = event
      if (data.final) reading?.whole.set(data.message, data.data)
      redraw(data.message, message =>
        data.final
          ? { ...message, data: { ...message.data, ...data.data }, status: 'complete' }
          : { ...message, data: { ...message.data, message: `${message.data.message ?? ''}${data.text}` } },
      )
      follow()
    } else if (event.name === 'retract') {
      const { message } = event.data
      if (reading && message === null) reading.everything = true
      else if (message !== null) reading?.taken.add(message)
      for (const id of message === null ? [...shown.keys()] : [message]) forget(id)
    } else if (event.name === 'meta') {
      const meta = event.data
      if (meta.type === 'hello') look.lookAgain()
      if (meta.type === 'hello' || meta.type === 'settings') look.apply(meta.settings)
      if (meta.type === 'settings') arrange(meta.settings)
      if (meta.type === 'emotes') {
        emotes.set(meta.emotes)
        redrawAll()
      }
      if (meta.type === 'hello') {
        if (meta.reset) {
          for (const id of [...shown.keys()]) forget(id)
          begun = false
          reading = null
          next = null
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
