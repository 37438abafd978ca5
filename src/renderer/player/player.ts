import type { Layout } from '../../shared/layouts.ts'
import type { PlayerProblem } from '../../shared/player-problem.ts'
import type { RoomSettings } from '../../shared/room.ts'
import { DEFAULT_ROOM_SETTINGS } from '../../shared/room-defaults.ts'
import type { SpeakerLook } from '../../shared/speaker.ts'
import type { PlayerTheme } from '../../shared/theme.ts'
import type { CreateCompanion } from './companion.ts'
import { standardCompanions } from './companions.ts'
import { createDrafts } from './drafts.ts'
import { createEmotes } from './emotes.ts'
import type { PlayerEvents } from './events.ts'
import { MAX_LISTED } from './layouts/chat-list.ts'
import { createPastBox } from './layouts/past-box.ts'
import { createLook, type LookOverrides } from './look/look.ts'
import { createProblems } from './problems.ts'
import { type Entry, lastSpeaker } from './queue/entry.ts'
import { createInbox, type Saved } from './queue/inbox.ts'
import { createQueue, type Effect, type Phase } from './queue/queue.ts'
import { type Found, findOnScreen, type ReadBefore, recallBefore } from './queue/recall.ts'
import { createFrame } from './stage/frame.ts'
import { createFrameTask } from './stage/frame-task.ts'
import { createPresenceMark } from './stage/presence.ts'
import { createScreen } from './stage/screen.ts'
import { measureLine } from './text/measure.ts'
import { paceOf } from './text/pace.ts'

/** What a player shows, for whoever wants to tell others of it. */
export interface PlayerState {
  state: Phase
  /** Id of the message on the screen. */
  showing: string | null
  /** Index of its line that is shown. */
  shownLine: number | undefined
  /** Lines that wait. */
  waiting: number
  layout: Layout
  /** What could not be shown; newest last. */
  problems: readonly PlayerProblem[]
}

export interface PlayerOptions {
  /** Lines and controls for another label are not for this player. */
  label?: string
  /** What goes before the room's own look. */
  look?: LookOverrides
  /** Where an earlier page of the same place left off. */
  saved?: Saved | null
  /** Called after every change with what a later page would need; null: nothing yet. */
  onSave?: (saved: Saved | null) => void
  onState?: (state: PlayerState) => void
  /** Show lines at once. Default: what the system prefers. */
  reducedMotion?: boolean
  /** A theme that does not come with the app; null: there is none of this id. */
  loadTheme?: (id: string) => Promise<PlayerTheme | null>
  /** Reads what was said before, for a list that begins with the lines that stood there. */
  readBefore?: ReadBefore
  /** What stands on the stage and sounds beside the text. */
  companions?: readonly CreateCompanion[]
}

/** A mounted player. It knows nothing of the network: the page and the controller's preview feed it alike. */
export interface Player {
  destroy(): void
}

/** Mounts a player into `root`, which it fills. */
export function createPlayer(root: HTMLElement, events: PlayerEvents, options: PlayerOptions = {}): Player {
  const { label = '', saved = null, onSave, onState } = options
  const atOnce = options.reducedMotion ?? matchMedia('(prefers-reduced-motion: reduce)').matches
  const frame = createFrame(root)
  const problems = createProblems(() => report())
  const emotes = createEmotes(saved?.emotes)
  let settings: RoomSettings = DEFAULT_ROOM_SETTINGS
  let speakers: readonly SpeakerLook[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let reported = ''
  /** Key of the waiting line that was prepared last. */
  let prepared = ''
  /** What stood on the screen when the first stream began, until a list has been filled with the lines before it. */
  let found: Found | null | undefined
  /** Messages that were taken back while the history was read, which may not know of it yet. */
  let recalling: Set<string> | null = null
  /** Milliseconds to add to this computer's clock to get the server's. */
  let clockOffset = 0
  let destroyed = false

  const companions = (options.companions ?? standardCompanions).map(create => create(frame, problems.tell))
  const screen = createScreen(frame, {
    emoteUrl: emotes.url,
    onProblem: problems.tell,
    companions,
    paceFor,
    onComplete() {
      drafts.look()
      report()
    },
    onLonger: entry => void queue.change(entry, performance.now()),
  })
  const look = createLook({
    frame,
    overrides: options.look ?? {},
    loadTheme: options.loadTheme ?? (() => Promise.resolve(null)),
    changed() {
      screen.refit()
      fillList()
    },
    problems,
  })
  const presence = createPresenceMark(frame.player)
  const queue = createQueue(settings.queue, measure)
  const drafts = createDrafts({
    player: frame.player,
    screen,
    queue,
    emotes,
    settings: () => settings,
  })
  const inbox = createInbox({
    queue,
    label,
    emotes,
    onUnknownEmote: name => problems.tell({ code: 'emote-unknown', name }),
    onUnknownStyle: name => problems.tell({ code: 'style-unknown', name }),
    saved,
  })

  function presetOf(name: string): SpeakerLook | undefined {
    return speakers.find(speaker => speaker.name === name)
  }

  function paceFor(name: string) {
    return paceOf(settings, presetOf(name))
  }

  function measure(entry: Entry) {
    const measured = measureLine(entry.line, paceFor(entry.speaker))
    return { ...measured, duration: atOnce ? 0 : measured.duration + screen.pageTime(entry) }
  }

  /** Text that is still being written is read and laid out once a frame, however many deltas come in it. */
  const growth = createFrameTask(() => {
    const now = performance.now()
    const effects = inbox.settle(now)
    screen.update(queue.state(now).current)
    perform(effects)
  })

  /** Lines that nobody saw, because the page was hidden, need not be drawn, unless they still stand in the list. */
  function perform(effects: Effect[]): void {
    let rest = effects.filter(({ type }) => type === 'show').length
    const kept = frame.player.dataset.layout === 'chat' ? MAX_LISTED : 1
    for (const effect of effects) if (effect.type !== 'show' || rest-- <= kept) screen.perform(effect)
    drafts.look()
    schedule()
    report()
    prepareNext()
  }

  /** The line that is next finds its letters' font here. */
  function prepareNext(): void {
    const [next] = queue.state(performance.now()).waiting
    if (next === undefined || next.key === prepared) return
    prepared = next.key
    screen.prepare(next)
  }

  function schedule(): void {
    clearTimeout(timer)
    const at = queue.wakeAt()
    timer = at === null ? undefined : setTimeout(advance, Math.max(0, Math.ceil(at - performance.now())))
  }

  function advance(): void {
    perform(queue.advance(performance.now()))
  }

  function report(): void {
    const now = performance.now()
    const { phase, current, waiting } = queue.state(now)
    const layout = (frame.player.dataset.layout || 'dialogue') as Layout
    const state: PlayerState = {
      state: phase,
      showing: current?.message ?? null,
      shownLine: current?.index,
      waiting: waiting.length,
      layout,
      problems: problems.list(),
    }
    const text = JSON.stringify(state)
    if (text === reported) return
    reported = text
    onSave?.(inbox.save(now))
    onState?.(state)
  }

  function configure(changed: RoomSettings): void {
    settings = changed
    look.apply(settings)
    screen.configure(settings, atOnce)
    for (const companion of companions) companion.onSettings?.(settings)
    drafts.configure()
    perform(queue.configure(settings.queue, performance.now()))
  }

  /** A list begins with the lines that stood above; once, and by whatever theme makes it a list. */
  function fillList(): void {
    const { readBefore } = options
    if (!readBefore || !found || frame.player.dataset.layout !== 'chat') return
    const from = found
    found = null
    const taken = new Set<string>()
    recalling = taken
    recallBefore(from, MAX_LISTED - 1, readBefore, inbox.linesOf).then(
      lines => {
        recalling = null
        if (destroyed) return
        const now = Date.now() + clockOffset
        const past = lines
          .filter(({ entry }) => !taken.has(entry.message))
          .map(({ entry, until }) => ({
            message: entry.message,
            age: Math.max(0, now - until),
            ...createPastBox(
              entry,
              presetOf(lastSpeaker(entry)),
              emotes.url,
              problems.tell,
              settings.longText,
            ),
          }))
        for (const companion of companions) companion.onRecalled?.(past)
      },
      // The list begins with the line on the screen.
      () => {
        recalling = null
      },
    )
  }

  function onVisible(): void {
    if (document.visibilityState !== 'visible') return
    growth.runNow()
    advance()
  }

  configure(settings)
  perform(inbox.begin(performance.now()))
  document.addEventListener('visibilitychange', onVisible)
  const unsubscribe = events.subscribe(event => {
    if (event.name === 'delta') {
      inbox.receive(event, performance.now())
      growth.request()
      return
    }
    // What comes behind a delta finds its text read.
    growth.runNow()
    const now = performance.now()
    if (event.name === 'meta' && event.data.type === 'hello') {
      look.lookAgain()
      drafts.forget()
    }
    if (event.name === 'meta' && (event.data.type === 'hello' || event.data.type === 'settings'))
      configure(event.data.settings)
    if (event.name === 'meta' && (event.data.type === 'hello' || event.data.type === 'emotes'))
      emotes.set(event.data.emotes)
    if (event.name === 'meta' && event.data.type === 'speakers') {
      speakers = event.data.speakers
      look.speakers(speakers)
      for (const companion of companions) companion.onSpeakers?.(speakers)
    }
    if (event.name === 'meta' && event.data.type === 'theme')
      look.themeChanged(event.data.id, event.data.version)
    if (event.name === 'meta') {
      presence.note(event.data)
      if (event.data.type === 'typing') drafts.type(event.data)
      if (event.data.type === 'quote') drafts.quote(event.data)
    }
    if (event.name === 'message') drafts.overtake()
    perform(inbox.receive(event, now))
    if (event.name === 'meta' && event.data.type === 'hello') {
      clockOffset = event.data.time - Date.now()
      if (found === undefined) found = findOnScreen(event.data, queue.state(now).shown[0])
      fillList()
    }
    if (event.name === 'retract' && event.data.message !== null) {
      recalling?.add(event.data.message)
      for (const companion of companions) companion.onRetract?.(event.data.message)
    }
  })

  return {
    destroy() {
      destroyed = true
      unsubscribe()
      document.removeEventListener('visibilitychange', onVisible)
      clearTimeout(timer)
      growth.cancel()
      presence.destroy()
      screen.destroy()
      look.destroy()
      for (const companion of companions) companion.destroy?.()
      frame.player.remove()
    },
  }
}
