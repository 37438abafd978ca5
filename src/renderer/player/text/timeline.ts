import type { Fragment } from '../../../shared/fragments.ts'
import type { RoomSettings } from '../../../shared/room.ts'
import type { Cell } from './cells.ts'

/** How fast a line is typed: the room's settings, after speaker and line had their say. */
export type Pace = Pick<
  RoomSettings['typewriter'],
  'charMs' | 'cjkWeight' | 'commaPauseMs' | 'sentencePauseMs'
>

/** A fragment that is typed as raw keys first. */
export interface Keystrokes {
  fragment: number
  /** What stands there after each step; the last step is replaced by the text itself. */
  steps: string[]
  /** Milliseconds from the line's start at which each step appears. */
  times: number[]
  /** When the text takes the keys' place. */
  done: number
}

/** When everything of a line happens, in milliseconds from its start. */
export interface Timeline {
  /** When each cell appears; never decreases. */
  cells: number[]
  /** Fragments that are no text: speaker changes, effects, sprites. */
  cues: { at: number; fragment: number }[]
  keys: Keystrokes[]
  /** When the line is complete, a pause at its end included. */
  end: number
}

/** Where a timeline goes on from, when a line that is on the screen has grown. */
export interface Continuation {
  /** Nothing new happens before, ms. */
  start: number
  /** Fragments before this one keep their times. */
  fragment: number
  /** Cells before this one keep their times. */
  cell: number
}

const COMMA = /^[,，、;；:：،؛]$/
const SENTENCE_END = /^[.。．!！?？…‥—―؟।]$/
const CLOSER = /^["'”’」』）)】〕》〉\]]$/
/** Han, kana, hangul, full-width forms, CJK punctuation. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3ffff}]/u

/** Units of time that one grapheme takes: 1, or `cjkWeight` for a wide one, an emoji or a picture. */
function weightOf(text: string, cjkWeight: number): number {
  return text === '' || WIDE.test(text) ? cjkWeight : 1
}

/** Milliseconds of pause behind `cells[index]`, for the punctuation that ends there. */
function pauseAfter(cells: readonly Cell[], index: number, pace: Pace): number {
  const next = cells[index + 1]?.text
  // Nothing follows: the hold time of the queue does what a pause would.
  if (next === undefined) return 0
  // "?!", "……" and "。」" pause once, behind the last of them.
  if (COMMA.test(next) || SENTENCE_END.test(next) || CLOSER.test(next)) return 0
  let at = index
  while (at > 0 && CLOSER.test(cells[at]!.text)) at--
  const mark = cells[at]!.text
  const isComma = COMMA.test(mark)
  if (!isComma && !SENTENCE_END.test(mark)) return 0
  // 3.14, 10:30 and example.com do not pause; an ASCII mark pauses before white space only.
  if (mark.charCodeAt(0) < 0x80 && (mark === '.' || isComma) && at === index && !/^\s/.test(next)) return 0
  return isComma ? pace.commaPauseMs : pace.sentencePauseMs
}

/** The states that typing `keys` goes through: one key at a time, an apostrophe together with the key behind it. */
export function keySteps(keys: string): string[] {
  const steps: string[] = []
  let shown = ''
  for (const key of keys) {
    shown += key
    if (key !== "'") steps.push(shown)
  }
  if (shown !== '' && steps[steps.length - 1] !== shown) steps.push(shown)
  return steps
}

/**
 * Lays a line out in time. Pure: the clock that plays it stands in `typewriter.ts`.
 *
 * @param cells all cells of `fragments`, as `cellsOf` gives them
 * @param tick milliseconds a unit for this line where it has its own
 * @param after the part of the line that keeps its times: only what is new is laid out
 * @param breaks milliseconds to wait before certain cells: where a page is turned
 */
export function layOutInTime(
  fragments: readonly Fragment[],
  cells: readonly Cell[],
  pace: Pace,
  tick: number = pace.charMs,
  after: Continuation = { start: 0, fragment: 0, cell: 0 },
  breaks?: ReadonlyMap<number, number>,
): Timeline {
  const timeline: Timeline = { cells: [], cues: [], keys: [], end: after.start }
  let time = after.start
  let at = after.cell
  for (let index = after.fragment; index < fragments.length; index++) {
    const fragment = fragments[index]!
    if ('pause' in fragment) {
      time += fragment.pause
      continue
    }
    if (!('text' in fragment || 'emote' in fragment || 'image' in fragment)) {
      timeline.cues.push({ at: time, fragment: index })
      continue
    }
    const style = fragment.style
    const unit = (style?.tick ?? tick) / (style?.speed ?? 1)
    // Keys are typed before the text, which must not have begun.
    const isTyped = 'text' in fragment && !!fragment.typed && unit > 0 && cells[at]?.fragment === index
    if (isTyped) {
      const steps = keySteps(fragment.typed!)
      const times = steps.map((_, step) => time + step * unit)
      time += steps.length * unit
      timeline.keys.push({ fragment: index, steps, times, done: time })
    }
    while (at < cells.length && cells[at]!.fragment === index) {
      time += breaks?.get(at) ?? 0
      timeline.cells.push(time)
      // What an input method commits appears as a whole.
      if (!isTyped)
        time +=
          unit === 0 ? 0 : weightOf(cells[at]!.text, pace.cjkWeight) * unit + pauseAfter(cells, at, pace)
      at++
    }
    if (isTyped) time += unit
  }
  timeline.end = time
  return timeline
}

/** How many of a timeline's cells have appeared after `elapsed` milliseconds. */
export function shownAt(times: readonly number[], elapsed: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! <= elapsed) low = middle + 1
    else high = middle
  }
  return low
}
