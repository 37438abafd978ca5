import type { ControlAction } from '../../../shared/events.ts'
import type { RoomSettings } from '../../../shared/room.ts'
import type { Entry, Measure } from './entry.ts'

export type QueueSettings = RoomSettings['queue']

/** What the screen has to do, in this order. */
export type Effect =
  /** Put `entries` in place of what is there; `elapsed` ms of their typing have passed already (all, if Infinity). */
  | { type: 'show'; entries: Entry[]; elapsed: number }
  /** Go on with `entry` in the same box; its typing begins in `delay` ms. */
  | { type: 'append'; entry: Entry; delay: number }
  /** Type the rest at once. */
  | { type: 'finish' }
  /** `taken`: the line was taken back; what stands beside it stays. */
  | { type: 'clear'; taken?: true }
  | { type: 'visible'; visible: boolean }
  /** These will never be shown: more wait than may. */
  | { type: 'dropped'; entries: Entry[] }

export type Phase = 'idle' | 'typing' | 'complete' | 'hidden'

export interface QueueState {
  phase: Phase
  /** The newest entry on the screen. */
  current: Entry | null
  /** All that stand in the box, oldest first. */
  shown: readonly Entry[]
  waiting: readonly Entry[]
  /** False after `hide`; a box that hid itself does not count. */
  visible: boolean
}

/**
 * Decides what is on the screen and when. Knows neither clock nor document: every call is told the time, in ms of any
 * monotonic clock, and answers what the screen has to do. A call that comes late (a hidden page) is caught up with: lines
 * are taken to have been shown at the time at which they were due.
 */
export interface Queue {
  /** The lines of one message, in order. Trusts its caller that none was added before. */
  add(entries: Entry[], now: number): Effect[]
  /** Time has passed: call it at `wakeAt`, and whenever the page becomes visible. */
  advance(now: number): Effect[]
  control(action: ControlAction, now: number): Effect[]
  /** Takes the lines of a message away, or of all messages. */
  retract(message: string | null, now: number): Effect[]
  /** An entry has changed (by a delta); the screen updates the current one by itself, the queue its times. */
  change(entry: Entry, now: number): Effect[]
  /**
   * What a page finds on the screen when it opens. `current`: lines of a message up to the one that is shown, which stand
   * together where lines are appended; `rest`: those that are still to come.
   */
  restore(
    stage: { current: Entry[]; rest: Entry[]; since: number; visible: boolean; paused: boolean },
    now: number,
  ): Effect[]
  configure(settings: QueueSettings, now: number): Effect[]
  /** When `advance` has something to do next; null: not before the next call. */
  wakeAt(): number | null
  /** When the line that is being typed is complete; Infinity: none is, or its end is not known yet. */
  typedAt(now: number): number
  state(now: number): QueueState
}

interface Shown {
  entries: Entry[]
  /** When all that is known of it is typed. */
  endsAt: number
  /** Of the newest entry. */
  measure: Measure
  /** Graphemes of all entries. */
  length: number
}

/** An entry that waits, and since when. */
interface Waiting {
  entry: Entry
  since: number
}

export function createQueue(initial: QueueSettings, measure: (entry: Entry) => Measure): Queue {
  let settings = initial
  let shown: Shown | null = null
  let waiting: Waiting[] = []
  /** What `hide` and `show` say. */
  let visible = true
  /** Hidden by itself, because nothing has come for long. */
  let faded = false
  let paused = false
  /** Nothing starts before: the last moment at which lines became free to go on (`show`, `resume`, other settings). */
  let notBefore = Number.NEGATIVE_INFINITY

  const newest = ({ entries }: Shown): Entry => entries[entries.length - 1]!

  /** When the line is complete; Infinity while its message is still being written. */
  function typedAt(line: Shown): number {
    return newest(line).open ? Number.POSITIVE_INFINITY : line.endsAt
  }

  function holdOf({ length, measure: { hurries } }: Shown): number {
    if (hurries) return 0
    const hold = settings.holdMs + settings.holdPerCharMs * length
    const hurry = settings.overflow === 'hurry' && waiting.length > settings.maxWaiting
    return hurry ? (hold * settings.maxWaiting) / waiting.length : hold
  }

  /** When the next line may take the place of the current one; Infinity: only on demand. */
  function nextAt(): number {
    const first = waiting[0]
    if (first === undefined || !visible || paused) return Number.POSITIVE_INFINITY
    const from = Math.max(first.since, notBefore)
    if (shown === null || faded) return from
    if (!settings.autoAdvance && !shown.measure.hurries) return Number.POSITIVE_INFINITY
    return Math.max(typedAt(shown) + holdOf(shown), from)
  }

  function fadeAt(): number {
    if (shown === null || faded || paused || !visible || settings.autoHideMs === 0)
      return Number.POSITIVE_INFINITY
    return (
      Math.max(typedAt(shown), notBefore) + settings.autoHideMs + settings.autoHidePerCharMs * shown.length
    )
  }

  function start(entry: Entry, at: number, now: number): Effect[] {
    const measured = measure(entry)
    shown = { entries: [entry], endsAt: at + measured.duration, measure: measured, length: measured.length }
    const effects: Effect[] = [{ type: 'show', entries: [entry], elapsed: Math.max(0, now - at) }]
    if (faded) effects.push({ type: 'visible', visible: true })
    faded = false
    return effects
  }

  function advance(now: number): Effect[] {
    const effects: Effect[] = []
    for (;;) {
      const [next, fade] = [nextAt(), fadeAt()]
      if (next <= now && next <= fade) effects.push(...start(waiting.shift()!.entry, next, now))
      else if (fade <= now) {
        faded = true
        effects.push({ type: 'visible', visible: false })
      } else return effects
    }
  }

  /** The current line is still there to be added to: being typed, or within its hold time. */
  function takesMore(entry: Entry, now: number): boolean {
    if (shown === null || faded || paused || !visible || newest(shown).open) return false
    // What another says does not stand under this one's name.
    if (newest(shown).speaker !== entry.speaker) return false
    return now <= shown.endsAt + holdOf(shown)
  }

  function append(current: Shown, entry: Entry, now: number): Effect {
    const measured = measure(entry)
    const at = Math.max(now, current.endsAt)
    shown = {
      entries: [...current.entries, entry],
      endsAt: at + measured.duration,
      measure: measured,
      length: current.length + measured.length,
    }
    return { type: 'append', entry, delay: at - now }
  }

  function dropSurplus(): Effect[] {
    const surplus = waiting.length - settings.maxWaiting
    if (surplus <= 0 || settings.overflow === 'hurry') return []
    const dropped =
      settings.overflow === 'drop-oldest' ? waiting.splice(0, surplus) : waiting.splice(settings.maxWaiting)
    return [{ type: 'dropped', entries: dropped.map(({ entry }) => entry) }]
  }

  function clear(): Effect[] {
    shown = null
    waiting = []
    // Also where nothing is shown: a list has lines above, and somebody may be typing.
    return [{ type: 'clear' }]
  }

  function next(now: number): Effect[] {
    const first = waiting[0]
    if (first !== undefined && visible) {
      waiting.shift()
      return start(first.entry, now, now)
    }
    return skip(now)
  }

  function skip(now: number): Effect[] {
    if (shown === null || typedAt(shown) <= now) return []
    shown.endsAt = Math.min(shown.endsAt, now)
    return [{ type: 'finish' }]
  }

  /** Some of its lines are on the screen or wait for it. */
  function isUnderWay(message: string): boolean {
    const isOf = (entry: Entry) => entry.message === message
    return (shown?.entries.some(isOf) ?? false) || waiting.some(({ entry }) => isOf(entry))
  }

  function replace(added: Waiting[], now: number): Effect[] {
    const effects: Effect[] =
      waiting.length > 0 ? [{ type: 'dropped', entries: waiting.map(({ entry }) => entry) }] : []
    waiting = added
    // The first line takes the place of what is there; the others take turns as they do with `wait`.
    if (shown !== null && visible && !paused) effects.push(...start(waiting.shift()!.entry, now, now))
    return effects
  }

  function add(entries: Entry[], now: number): Effect[] {
    const effects = advance(now)
    const added = entries.map(entry => ({ entry, since: now }))
    if (added.length === 0) return effects
    const [first] = entries
    // More lines of a message that is still being written take turns with the others of it, and give way with them.
    const isMore = first !== undefined && first.index > 0
    if (settings.policy === 'replace' && isMore && !isUnderWay(first.message))
      effects.push({ type: 'dropped', entries })
    else if (settings.policy === 'replace' && !isMore) effects.push(...replace(added, now))
    else {
      for (const item of added) {
        if (
          settings.policy === 'append' &&
          waiting.length === 0 &&
          shown !== null &&
          takesMore(item.entry, now)
        )
          effects.push(append(shown, item.entry, now))
        else {
          waiting.push(item)
          effects.push(...advance(now))
        }
      }
    }
    effects.push(...advance(now), ...dropSurplus())
    return effects
  }

  return {
    add,
    advance,
    control(action, now) {
      const effects = advance(now)
      switch (action) {
        case 'next':
          return [...effects, ...next(now)]
        case 'skip':
          return [...effects, ...skip(now)]
        case 'clear':
          return [...effects, ...clear()]
        case 'show':
        case 'hide': {
          const was = visible && !faded
          visible = action === 'show'
          if (visible) {
            notBefore = now
            faded = false
          }
          if (was !== visible) effects.push({ type: 'visible', visible })
          return [...effects, ...advance(now)]
        }
        case 'pause':
          paused = true
          return effects
        case 'resume':
          if (paused) notBefore = now
          paused = false
          return [...effects, ...advance(now)]
      }
    },
    retract(message, now) {
      const effects = advance(now)
      if (message === null) return [...effects, ...clear()]
      waiting = waiting.filter(({ entry }) => entry.message !== message)
      if (shown === null || !shown.entries.some(entry => entry.message === message)) return effects
      const rest = shown.entries.filter(entry => entry.message !== message)
      if (rest.length > 0) {
        const length = rest.reduce((sum, entry) => sum + measure(entry).length, 0)
        const measured = measure(rest[rest.length - 1]!)
        shown = { entries: rest, endsAt: Math.min(shown.endsAt, now), measure: measured, length }
        return [...effects, { type: 'show', entries: rest, elapsed: Number.POSITIVE_INFINITY }]
      }
      shown = null
      notBefore = now
      return [...effects, { type: 'clear', taken: true }, ...advance(now)]
    },
    change(entry, now) {
      const waits = waiting.find(item => item.entry.key === entry.key)
      if (waits) waits.entry = entry
      if (shown === null || newest(shown).key !== entry.key) return []
      const measured = measure(entry)
      const more = measured.duration - shown.measure.duration
      // What is new is typed behind what is there, and not before it came.
      if (more > 0) shown.endsAt = Math.max(shown.endsAt, now) + more
      else if (shown.endsAt > now) shown.endsAt = Math.max(shown.endsAt + more, now)
      shown.entries = [...shown.entries.slice(0, -1), entry]
      shown.length += measured.length - shown.measure.length
      shown.measure = measured
      return advance(now)
    },
    restore(stage, now) {
      const joins = settings.policy === 'append'
      waiting = joins ? [] : stage.rest.map(entry => ({ entry, since: now }))
      visible = stage.visible
      paused = stage.paused
      faded = false
      shown = null
      const last = stage.current[stage.current.length - 1]
      const others = stage.current.map(({ speaker }) => speaker !== last?.speaker).lastIndexOf(true)
      const current = joins ? stage.current.slice(others + 1) : stage.current.slice(-1)
      const effects: Effect[] = []
      if (last === undefined) effects.push({ type: 'clear' })
      else {
        const measured = measure(last)
        const length = current.reduce((sum, entry) => sum + measure(entry).length, 0)
        shown = { entries: current, endsAt: Math.min(stage.since, now), measure: measured, length }
        effects.push({ type: 'show', entries: current, elapsed: Number.POSITIVE_INFINITY })
      }
      effects.push({ type: 'visible', visible })
      return [...effects, ...(joins ? add(stage.rest, now) : advance(now)), ...dropSurplus()]
    },
    configure(changed, now) {
      const effects = advance(now)
      settings = changed
      notBefore = now
      return [...effects, ...dropSurplus(), ...advance(now)]
    },
    wakeAt() {
      const at = Math.min(nextAt(), fadeAt())
      return at === Number.POSITIVE_INFINITY ? null : at
    },
    typedAt(now) {
      const at = shown === null ? now : typedAt(shown)
      return at > now ? at : Number.POSITIVE_INFINITY
    },
    state(now) {
      const current = shown === null ? null : newest(shown)
      const phase: Phase =
        !visible || faded ? 'hidden' : shown === null ? 'idle' : now < typedAt(shown) ? 'typing' : 'complete'
      return {
        phase,
        current,
        shown: shown?.entries ?? [],
        waiting: waiting.map(({ entry }) => entry),
        visible,
      }
    },
  }
}
