import type { Fragment } from '../../../shared/fragments.ts'
import type { TellProblem } from '../../../shared/player-problem.ts'
import type { RoomSettings } from '../../../shared/room.ts'
import { DEFAULT_ROOM_SETTINGS } from '../../../shared/room-defaults.ts'
import type { Companion, Turn } from '../companion.ts'
import { type Entry, lastSpeaker } from '../queue/entry.ts'
import type { Effect } from '../queue/queue.ts'
import { plainText } from '../text/cells.ts'
import { createFontGate } from '../text/font-gate.ts'
import { createLineView, type LineView } from '../text/line-view.ts'
import { createOverflow } from '../text/overflow.ts'
import type { Pace } from '../text/timeline.ts'
import { createTypewriter } from '../text/typewriter.ts'
import type { Frame } from './frame.ts'
import { createFrameTask } from './frame-task.ts'
import { speakerColour } from './speaker-colour.ts'

export interface ScreenOptions {
  emoteUrl: (name: string) => string | undefined
  onProblem: TellProblem
  companions: readonly Companion[]
  /** How fast a speaker's lines are typed. */
  paceFor: (speaker: string) => Pace
  /** The newest line stands there whole. */
  onComplete: () => void
  /** Typing a line takes longer than was measured, because its pages are turned. */
  onLonger: (entry: Entry) => void
}

/** Draws what the queue decides. */
export interface Screen {
  perform(effect: Effect): void
  /** Shows what somebody is typing, before it is a line. */
  draft(speaker: string, text: string): void
  /** The newest entry has changed (by a delta); any other is left alone. */
  update(entry: Entry | null): void
  /** @param atOnce lines are not typed but put there. */
  configure(settings: RoomSettings, atOnce: boolean): void
  /** This one is next: what it needs is fetched. */
  prepare(entry: Entry): void
  /** Milliseconds that turning pages adds to an entry. */
  pageTime(entry: Entry): number
  /** The look has changed: text that was fitted is fitted anew. */
  refit(): void
  destroy(): void
}

/** What a picture in a line counts as where its letters are told. */
const PICTURE = '\ufffc'

interface Shown {
  entry: Entry
  view: LineView
}

/** Appended text is its own speaker's again. */
function fragmentsOf(entry: Entry, before: Entry | undefined): readonly Fragment[] {
  const { fragments } = entry.line
  return before === undefined || lastSpeaker(before) === entry.speaker
    ? fragments
    : [{ speaker: entry.speaker }, ...fragments]
}

export function createScreen(frame: Frame, options: ScreenOptions): Screen {
  const { player, text, name, live, box } = frame
  const { companions } = options
  let settings: RoomSettings = DEFAULT_ROOM_SETTINGS
  let atOnce = false
  /** Lines that will never be shown, in all. */
  let dropped = 0
  let shown: Shown[] = []
  /** The last cell that was typed. */
  let caret = 0
  let paging: { key: string; time: number } | null = null
  const overflow = createOverflow(frame)
  const fontGate = createFontGate(text)

  const typewriter = createTypewriter({
    onTyped(view, from, to) {
      caret = to - 1
      overflow.follow(view, caret)
      if (companions.length === 0) return
      const typed = view.cells.slice(from, to).map(cell => cell.text || PICTURE)
      for (const companion of companions) companion.onTyped?.(typed.join(''), to / view.cells.length)
    },
    onCue(view, index) {
      const fragment = view.fragments[index]
      if (fragment === undefined) return
      if ('speaker' in fragment) {
        const entry = shown.find(line => line.view === view)?.entry
        // Their message says how they look.
        setSpeaker(fragment.speaker, fragment.speaker === entry?.speaker ? entry : undefined)
      } else if ('effect' in fragment) shake(fragment.effect)
      else if ('sprite' in fragment) for (const companion of companions) companion.onSprite?.(fragment.sprite)
    },
    onDone() {
      // A message that is still being written goes on.
      const last = shown[shown.length - 1]
      if (last === undefined || last.entry.open) return
      player.dataset.state = 'complete'
      for (const companion of companions) companion.onComplete?.(last.entry)
      options.onComplete()
    },
  })

  function setSpeaker(speaker: string, entry?: Entry): void {
    name.textContent = speaker
    player.dataset.speaker = speaker
    // A line of a list keeps it when another speaks.
    box.dataset.speaker = speaker
    player.style.setProperty('--speaker', entry?.color || speakerColour(speaker))
    for (const companion of companions) companion.onSpeaker?.(speaker, entry)
  }

  /** The first line's writing decides from which side the box is read. */
  function setSide({ element }: LineView): void {
    box.classList.toggle('sm-from-right', element.classList.contains('sm-rtl'))
  }

  /** Begins an effect on the box anew, even while it runs. */
  function shake(effect: string): void {
    box.classList.remove(`sm-${effect}`)
    // Reading a size lets the browser see that the class was gone.
    void box.offsetWidth
    box.classList.add(`sm-${effect}`)
  }

  function add(entry: Entry, elapsed: number): void {
    const before = shown[shown.length - 1]?.entry
    const view = createLineView(fragmentsOf(entry, before), options)
    shown.push({ entry, view })
    if (before === undefined) {
      text.replaceChildren(view.element)
      setSide(view)
    } else text.append(view.element)
    const complete = atOnce || elapsed === Number.POSITIVE_INFINITY
    if (!complete) view.open()
    overflow.fit(settings.longText)
    if (!complete) fontGate.hold(view.element, plainText(entry.line.fragments))
    const breaks = complete ? undefined : turnPages(entry, view)
    splitting.request()
    player.dataset.state = 'typing'
    for (const companion of companions) companion.onLine?.(entry, complete)
    typewriter.type(
      { view, pace: options.paceFor(entry.speaker), tick: entry.line.tick, ...(breaks && { breaks }) },
      complete ? Number.POSITIVE_INFINITY : elapsed,
    )
    announce(entry)
  }

  /** For screen readers: a line that is still being written is said once it is whole. */
  function announce(entry: Entry): void {
    if (entry.open) return
    live.textContent = `${entry.speaker === '' ? '' : `${entry.speaker}: `}${plainText(entry.line.fragments)}`
  }

  /** The first letter does not wait for it. */
  const splitting = createFrameTask(() => shown[shown.length - 1]?.view.split(), 'after')

  /** Each page stays as long as a line of its length would. */
  function turnPages(entry: Entry, view: LineView): ReadonlyMap<number, number> | undefined {
    paging = null
    const starts = overflow.pages(view)
    if (starts.length === 0) return undefined
    const { holdMs, holdPerCharMs } = settings.queue
    const breaks = new Map(
      starts.map((start, index) => [start, holdMs + holdPerCharMs * (start - (starts[index - 1] ?? 0))]),
    )
    let time = 0
    for (const wait of breaks.values()) time += wait
    paging = { key: entry.key, time }
    options.onLonger(entry)
    return breaks
  }

  function clear(): void {
    typewriter.clear()
    splitting.cancel()
    shown = []
    paging = null
  }

  function turn(why: Turn): void {
    for (const companion of companions) companion.onTurn?.(why)
  }

  function show(entries: readonly Entry[], elapsed: number): void {
    turn(elapsed === Number.POSITIVE_INFINITY ? 'again' : 'next')
    clear()
    const [first] = entries
    if (first === undefined) return
    setSpeaker(first.speaker, first)
    for (const entry of entries) add(entry, elapsed)
  }

  // A box that is laid out again (another size, a font that arrived) has its text fitted again.
  function refit(): void {
    const last = shown[shown.length - 1]
    last?.view.join()
    // It is where it was: nothing is to be seen of the way there.
    text.style.transition = 'none'
    overflow.fit(settings.longText)
    if (last !== undefined) {
      overflow.pages(last.view)
      last.view.split()
      overflow.follow(last.view, typewriter.isTyping ? caret : last.view.cells.length - 1)
      void text.offsetWidth
    }
    text.style.transition = ''
  }
  const observer = new ResizeObserver(refit)
  observer.observe(frame.body)
  box.addEventListener('animationend', event => {
    // A box of a list arrives by an animation too.
    if (event.target === box && event.animationName !== 'sm-listed') box.classList.remove('sm-shout')
  })

  return {
    perform(effect) {
      switch (effect.type) {
        case 'show':
          show(effect.entries, effect.elapsed)
          break
        case 'append':
          // A draft may have taken the place of what it goes on with.
          if (shown.length === 0) setSpeaker(effect.entry.speaker, effect.entry)
          add(effect.entry, 0)
          break
        case 'finish':
          typewriter.finish()
          break
        case 'clear':
          clear()
          player.dataset.state = 'empty'
          live.textContent = ''
          for (const companion of companions) companion.onClear?.(effect.taken === true)
          break
        case 'visible':
          player.dataset.visible = String(effect.visible)
          break
        case 'dropped':
          dropped += effect.entries.length
          options.onProblem({ code: 'lines-dropped', count: dropped })
      }
    },
    draft(speaker, typed) {
      const line = document.createElement('p')
      line.className = 'sm-line sm-draft'
      line.dir = 'auto'
      line.textContent = typed
      if (player.dataset.state !== 'draft') turn('draft')
      clear()
      if (player.dataset.state !== 'draft' || player.dataset.speaker !== speaker) setSpeaker(speaker)
      text.replaceChildren(line)
      overflow.fit(settings.longText)
      player.dataset.state = 'draft'
      player.dataset.visible = 'true'
    },
    update(entry) {
      const last = shown[shown.length - 1]
      if (entry === null || last === undefined || last.entry.key !== entry.key || last.entry === entry) return
      const isWhole = last.entry.open && !entry.open
      last.entry = entry
      const common = last.view.update(fragmentsOf(entry, shown[shown.length - 2]?.entry))
      if (shown.length === 1) setSide(last.view)
      // A last delta may bring another text.
      if (entry.open || common.isWhole) overflow.grew()
      else overflow.fit(settings.longText)
      last.view.split()
      player.dataset.state = 'typing'
      typewriter.grow(common)
      if (atOnce) typewriter.finish()
      if (isWhole) announce(entry)
    },
    configure(changed, instantly) {
      settings = changed
      atOnce = instantly
      refit()
    },
    refit,
    prepare: entry => fontGate.prepare(plainText(entry.line.fragments)),
    pageTime: entry => (paging?.key === entry.key ? paging.time : 0),
    destroy() {
      observer.disconnect()
      clear()
    },
  }
}
