import type { LineView } from './line-view.ts'
import { type Continuation, layOutInTime, type Pace, shownAt, type Timeline } from './timeline.ts'

/** What happens while a line is typed, beside its letters. */
export interface TypewriterEvents {
  /** Cells `from` to `to` of `view` have just appeared. */
  onTyped(view: LineView, from: number, to: number): void
  /** A fragment that is no text has its turn: a speaker, an effect, a sprite. */
  onCue(view: LineView, fragment: number): void
  /** All that was given is on the screen. */
  onDone(): void
}

export interface Line {
  view: LineView
  pace: Pace
  /** Milliseconds a unit, where the line has its own. */
  tick: number | undefined
  /** Where a page is turned, and how long that takes: milliseconds by cell. */
  breaks?: ReadonlyMap<number, number>
}

/**
 * Types lines one after the other by the clock of the animation frames. When nothing is being typed it asks for no
 * frame and has no timer. A page that was hidden gets everything that was due in its first frame.
 */
export interface Typewriter {
  /** Types `line` behind those that are there; `elapsed` ms of it have passed (Infinity: shown at once). */
  type(line: Line, elapsed?: number): void
  /** The newest line has grown: `view.update` said what stayed. */
  grow(common: { fragment: number; cell: number }): void
  /** The rest at once. */
  finish(): void
  /** Forgets all lines. */
  clear(): void
  readonly isTyping: boolean
}

interface Job extends Line {
  timeline: Timeline
  /** By `performance.now()`. */
  start: number
  shown: number
  cues: number
  keys: number | null
}

/** Milliseconds beyond its end at which a line is complete for sure, whatever sums of floating numbers say. */
const MARGIN = 1

export function createTypewriter({ onTyped, onCue, onDone }: TypewriterEvents): Typewriter {
  /** The last of them may be grown; those before are typed, or wait for their turn in time. */
  let jobs: Job[] = []
  let frame = 0

  function endOf({ start, timeline }: Job): number {
    return start + timeline.end
  }

  function play(job: Job, now: number): void {
    const elapsed = now - job.start
    if (elapsed < 0) return
    const { timeline, view } = job
    const shown = shownAt(timeline.cells, elapsed)
    const isLate = elapsed >= timeline.end
    const keys = timeline.keys.find(({ times, done }) => elapsed >= times[0]! && elapsed < done)
    if (job.keys !== null && job.keys !== keys?.fragment) view.showKeys(job.keys, null)
    job.keys = keys?.fragment ?? null
    if (keys) view.showKeys(keys.fragment, keys.steps[shownAt(keys.times, elapsed) - 1]!)
    if (shown > job.shown) {
      view.reveal(shown, !isLate)
      onTyped(view, job.shown, shown)
      job.shown = shown
    }
    for (; job.cues < timeline.cues.length && timeline.cues[job.cues]!.at <= elapsed; job.cues++)
      onCue(view, timeline.cues[job.cues]!.fragment)
  }

  function step(now: number): void {
    frame = 0
    for (const job of jobs) play(job, now)
    const last = jobs[jobs.length - 1]
    if (last === undefined) return
    if (now < endOf(last)) frame = requestAnimationFrame(step)
    else {
      jobs = [last]
      onDone()
    }
  }

  function run(): void {
    if (frame !== 0) cancelAnimationFrame(frame)
    // The first glyph is painted with the very next frame.
    step(performance.now())
  }

  return {
    type(line, elapsed = 0) {
      const last = jobs[jobs.length - 1]
      const now = performance.now()
      const timeline = layOutInTime(
        line.view.fragments,
        line.view.cells,
        line.pace,
        line.tick,
        undefined,
        line.breaks,
      )
      const due = now - Math.min(elapsed, timeline.end + MARGIN)
      const start = last === undefined ? due : Math.max(due, endOf(last))
      jobs.push({ ...line, timeline, start, shown: 0, cues: 0, keys: null })
      run()
    },
    grow(common) {
      const job = jobs[jobs.length - 1]
      if (job === undefined) return
      const { timeline, view } = job
      // Behind what stays; what has been replaced is not waited for.
      const kept = timeline.cells[common.cell] ?? timeline.end
      const after: Continuation = { ...common, start: Math.max(kept, performance.now() - job.start) }
      const more = layOutInTime(view.fragments, view.cells, job.pace, job.tick, after)
      job.timeline = {
        cells: [...timeline.cells.slice(0, common.cell), ...more.cells],
        cues: [...timeline.cues.filter(cue => cue.fragment < common.fragment), ...more.cues],
        keys: [...timeline.keys.filter(keys => keys.fragment < common.fragment), ...more.keys],
        end: more.end,
      }
      job.shown = Math.min(job.shown, common.cell)
      job.cues = Math.min(job.cues, job.timeline.cues.length - more.cues.length)
      run()
    },
    finish() {
      const now = performance.now()
      for (const job of jobs) job.start = Math.min(job.start, now - job.timeline.end - MARGIN)
      if (frame !== 0) run()
    },
    clear() {
      cancelAnimationFrame(frame)
      frame = 0
      jobs = []
    },
    get isTyping() {
      return frame !== 0
    },
  }
}
