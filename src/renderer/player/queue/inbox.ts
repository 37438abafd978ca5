import type { EmoteLook } from '../../../shared/emote.ts'
import type { DeltaEvent, HelloEvent, Snapshot } from '../../../shared/events.ts'
import { formatEventId, parseEventId } from '../../../shared/ids.ts'
import { readMessage } from '../../../shared/markup/read-message.ts'
import { withoutUnfinished } from '../../../shared/markup/unfinished.ts'
import { isColour } from '../../../shared/markup/values.ts'
import type { Message } from '../../../shared/message.ts'
import { isFor } from '../../../shared/target.ts'
import type { Emotes } from '../emotes.ts'
import type { PlayerEvent } from '../events.ts'
import type { Entry } from './entry.ts'
import type { Effect, Queue } from './queue.ts'

/** What a page keeps over a reload (in sessionStorage): it goes on where it was, without typing anything again. */
export interface Saved {
  /** Resume the stream from this id: everything behind it was not yet on the screen. */
  position: string
  /** The message on the screen, with the deltas it had, and the index of its line. */
  current: { message: Message; deltas: number; line: number } | null
  visible: boolean
  paused: boolean
  /** Number of the newest control that it has obeyed. */
  control?: number
  /** What that line shows of them: it is back on the screen before the room's own list comes. */
  emotes: EmoteLook[]
}

export interface InboxOptions {
  queue: Queue
  /** The player's own label: what is meant for another one is not for it. */
  label: string
  emotes: Pick<Emotes, 'has' | 'usedBy'>
  /** Told of a name that no emote has. */
  onUnknownEmote: (name: string) => void
  /** Told of a style that there is none of. */
  onUnknownStyle: (name: string) => void
  saved: Saved | null
}

/** Turns a room's events into what the queue has to do: every message once, whatever comes again. */
export interface Inbox {
  /** Shows what `saved` says; called once, before any event. */
  begin(now: number): Effect[]
  /** A delta is only kept here: `settle` reads what has come. */
  receive(event: PlayerEvent, now: number): Effect[]
  /** The lines of a message that was said before: nothing is done with them here. */
  linesOf(message: Message): Entry[]
  /** Reads the texts that have grown, each once, however many deltas came since. Call it before other events. */
  settle(now: number): Effect[]
  /** Null before anything has come. */
  save(now: number): Saved | null
}

/** A message that is on its way to the screen, or on it. */
interface Live {
  message: Message
  /** How many deltas it has. */
  deltas: number
  entries: Entry[]
}

function color(data: Message['data']): string | undefined {
  return typeof data.color === 'string' && isColour(data.color) ? data.color : undefined
}

export function createInbox({
  queue,
  label,
  emotes,
  onUnknownEmote,
  onUnknownStyle,
  saved,
}: InboxOptions): Inbox {
  const live = new Map<string, Live>()
  /** Messages with deltas that were not read yet. */
  const grown = new Set<string>()
  let epoch = ''
  let lastSeq = 0
  let lastLoose = ''
  /** Number of the newest control that was obeyed; null: to be learnt from hello. */
  let lastControl = saved?.control ?? null
  let [visible, paused] = [saved?.visible ?? true, saved?.paused ?? false]

  function entriesOf(message: Message): Entry[] {
    const open = message.status === 'streaming'
    let { data } = message
    if (open && typeof data.message === 'string')
      data = { ...data, message: withoutUnfinished(data.message, data.format, emotes.has) }
    const lines = readMessage(data, { isEmote: emotes.has, onUnknownEmote, onUnknownStyle })
    // What is still being written has its place already.
    if (open && lines.length === 0) lines.push({ fragments: [] })
    return lines.map((line, index) => ({
      key: `${message.id}#${index}`,
      message: message.id,
      index,
      speaker: line.speaker ?? message.speaker,
      line,
      color: color(message.data),
      ...(message.data.look && { look: message.data.look }),
      ...(typeof message.data.audio === 'string' && { audio: message.data.audio }),
      time: message.time,
      open: open && index === lines.length - 1,
    }))
  }

  /** True the first time a message comes. Ids of one epoch come in order, so the highest is all there is to keep. */
  function isNew({ id, room }: Message): boolean {
    // The fallback's sentences belong to no history and come round again.
    const position = room === '' ? null : parseEventId(id)
    if (position === null) {
      const again = id === lastLoose
      lastLoose = id
      return !again
    }
    if (position.epoch === epoch && position.seq <= lastSeq) return false
    epoch = position.epoch
    lastSeq = position.seq
    return true
  }

  function take(message: Message, deltas = 0): Entry[] {
    const entries = entriesOf(message)
    live.set(message.id, { message, deltas, entries })
    return entries
  }

  /** Forgets messages that have left the screen. */
  function prune(now: number): void {
    if (live.size < 8) return
    const { current, waiting } = queue.state(now)
    const needed = new Set(waiting.map(entry => entry.message))
    if (current) needed.add(current.message)
    for (const [id, { message }] of live)
      if (!needed.has(id) && message.status === 'complete') live.delete(id)
  }

  function grow(delta: DeltaEvent): void {
    const known = live.get(delta.message)
    if (known === undefined || known.message.status !== 'streaming' || delta.seq <= known.deltas) return
    const { message } = known
    const text = typeof message.data.message === 'string' ? message.data.message : ''
    known.message = delta.final
      ? { ...message, data: delta.data, status: 'complete' }
      : { ...message, data: { ...message.data, message: text + delta.text } }
    known.deltas = delta.seq
    grown.add(message.id)
  }

  /** What is on the screen already changes in place; lines behind it wait for their turn. */
  function read({ message, deltas, entries }: Live, now: number): Effect[] {
    const changed = take(message, deltas)
    const effects = changed.slice(0, entries.length).flatMap(entry => queue.change(entry, now))
    // A last delta that leaves nothing of a line must not leave it waiting for more.
    for (const gone of entries.slice(changed.length))
      effects.push(...queue.change({ ...gone, open: false, line: { fragments: [] } }, now))
    return [...effects, ...queue.add(changed.slice(entries.length), now)]
  }

  function settle(now: number): Effect[] {
    const found = [...grown].flatMap(id => live.get(id) ?? [])
    grown.clear()
    return found.flatMap(item => read(item, now))
  }

  function restore(
    current: Message | null,
    deltas: number,
    line: number,
    since: number,
    now: number,
  ): Effect[] {
    live.clear()
    const entries = current === null ? [] : take(current, deltas)
    const [shown, rest] = [entries.slice(0, line + 1), entries.slice(line + 1)]
    return queue.restore({ current: shown, rest, since, visible, paused }, now)
  }

  function hello(event: HelloEvent, now: number): Effect[] {
    const { snapshot } = event
    const last = parseEventId(event.last)
    // A lower one: the room's count began anew, from a backup.
    if (snapshot !== null || lastControl === null || event.control < lastControl) lastControl = event.control
    if (snapshot === null) return follow(event.stage, now)
    const { current } = snapshot
    // A stream that began anew where this page already has lines on the screen: only what it lacks.
    const known = !event.reset && epoch === event.epoch && queue.state(now).current !== null
    if (known) {
      const missed = [current ?? [], snapshot.queue]
        .flat()
        .filter(message => isNew(message) && isForMe(message))
      return [...missed.flatMap(message => queue.add(take(message), now)), ...follow(snapshot, now)]
    }
    visible = snapshot.visible
    paused = snapshot.paused
    const mine = current !== null && isForMe(current) ? current : null
    const since = snapshot.currentSince === null ? now : now - Math.max(0, event.time - snapshot.currentSince)
    const line = snapshot.currentLine ?? Number.POSITIVE_INFINITY
    const effects = restore(mine, 0, line, since, now)
    for (const message of snapshot.queue.filter(isForMe)) effects.push(...queue.add(take(message), now))
    epoch = event.epoch
    lastSeq = last?.seq ?? 0
    return effects
  }

  /** What was done to the room's box while this page was away. */
  function follow(stage: Pick<Snapshot, 'visible' | 'paused'>, now: number): Effect[] {
    const effects: Effect[] = []
    if (stage.visible !== visible) effects.push(...queue.control(stage.visible ? 'show' : 'hide', now))
    if (stage.paused !== paused) effects.push(...queue.control(stage.paused ? 'pause' : 'resume', now))
    visible = stage.visible
    paused = stage.paused
    return effects
  }

  function isForMe(event: { label?: string }): boolean {
    return isFor(event.label, label)
  }

  return {
    begin(now) {
      if (saved === null) return []
      const position = parseEventId(saved.position)
      if (position !== null) ({ epoch, seq: lastSeq } = position)
      if (saved.current === null)
        return queue.restore({ current: [], rest: [], since: now, visible, paused }, now)
      return restore(saved.current.message, saved.current.deltas, saved.current.line, now, now)
    },
    linesOf: entriesOf,
    settle,
    receive(event, now) {
      if (event.name === 'delta') {
        grow(event.data)
        return []
      }
      prune(now)
      switch (event.name) {
        case 'message':
          if (!isNew(event.data) || !isForMe(event.data)) return []
          return queue.add(take(event.data), now)
        case 'retract':
          if (event.data.message === null) live.clear()
          else live.delete(event.data.message)
          return queue.retract(event.data.message, now)
        case 'control': {
          const { action, number } = event.data
          if (number !== undefined) {
            if (number <= (lastControl ?? 0)) return []
            lastControl = number
          }
          if (!isForMe(event.data)) return []
          // What was being written is off the screen with the rest of it.
          if (action === 'clear') live.clear()
          if (action === 'show' || action === 'hide') visible = action === 'show'
          if (action === 'pause' || action === 'resume') paused = action === 'pause'
          return queue.control(action, now)
        }
        case 'meta':
          return event.data.type === 'hello' ? hello(event.data, now) : []
        default:
          return []
      }
    },
    save(now) {
      const { current, waiting } = queue.state(now)
      const shown = current === null ? undefined : live.get(current.message)
      // Lines of the message on the screen come back with it.
      const next = waiting.find(entry => entry.message !== current?.message)
      const before = next === undefined ? null : parseEventId(next.message)
      const seq = before === null ? lastSeq : before.seq - 1
      if (epoch === '') return null
      return {
        position: formatEventId({ epoch, seq }),
        current:
          current === null || shown === undefined
            ? null
            : {
                message: shown.message,
                deltas: shown.deltas,
                line: current.index,
              },
        visible,
        paused,
        ...(lastControl !== null && { control: lastControl }),
        emotes: current === null ? [] : emotes.usedBy(current.line.fragments),
      }
    },
  }
}
