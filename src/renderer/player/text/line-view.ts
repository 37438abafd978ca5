import type { Fragment, Style } from '../../../shared/fragments.ts'
import { type Cell, cellsOf } from './cells.ts'
import { createMovingRun } from './moving-run.ts'
import { createPictureRun } from './picture-run.ts'
import { createRubyRun } from './ruby-run.ts'
import { createRun, type Run } from './run.ts'
import { applyStyle } from './style.ts'

/** One line in the document. */
export interface LineView {
  element: HTMLElement
  readonly fragments: readonly Fragment[]
  readonly cells: readonly Cell[]
  /** Shows the first `shown` cells; never fewer than before. */
  reveal(shown: number, animate: boolean): void
  /** The raw keys of a fragment that is being typed as by an input method; null: they have become the text. */
  showKeys(fragment: number, keys: string | null): void
  /** Where a cell stands on the page; null if nowhere. */
  rect(cell: number): DOMRect | null
  /** Takes the line's new fragments. What it has in common with the old stays in place. */
  update(fragments: readonly Fragment[]): Common
}

/** How much of a line an update left as it was. */
export interface Common {
  fragment: number
  cell: number
}

export interface LineViewOptions {
  /** Address of an emote's picture; undefined where there is none. */
  emoteUrl: (name: string) => string | undefined
  /** Told of what cannot be shown. */
  onProblem: (problem: string) => void
}

interface Placed {
  run: Run
  /** Index of its fragment. */
  fragment: number
  /** Index of its first cell in the line. */
  start: number
}

/** Graphemes that may move by themselves; past that the line moves as a whole. */
const MAX_MOVING = 200

/** The first letter decides on the direction, as `dir="auto"` does. */
const STRONG = /\p{L}/u
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** Opening marks whose ink fills only the right half of their square. */
const HANGING = /^[「『（《【〈〔“‘]/

/** In a longer line graphemes arrive without an effect: each would make the browser lay out the whole of it. */
const MAX_ARRIVING = 1_000

function styleOf(fragment: Fragment): Style | undefined {
  return 'style' in fragment ? fragment.style : undefined
}

const isSame = (one: Fragment, other: Fragment) =>
  one === other || JSON.stringify(one) === JSON.stringify(other)

/** `after` is `before` with more text behind it, in a plain run. */
function isLonger(before: Fragment | undefined, after: Fragment | undefined): boolean {
  if (before === undefined || after === undefined || !('text' in before && 'text' in after)) return false
  if (before.style?.animation || !after.text.startsWith(before.text)) return false
  return isSame({ ...before, text: '' }, { ...after, text: '' }) && !before.ruby && !before.typed
}

/** Lays out `fragments` whole, with nothing to be seen yet. */
export function createLineView(
  initial: readonly Fragment[],
  { emoteUrl, onProblem }: LineViewOptions,
): LineView {
  const element = document.createElement('p')
  element.className = 'sm-line'
  element.dir = 'auto'
  let fragments: readonly Fragment[] = []
  let cells: Cell[] = []
  let runs: Placed[] = []
  let shown = 0
  /** Runs before this one are complete. */
  let active = 0

  function createRunOf(fragment: Fragment, parts: readonly string[], moving: boolean): Run {
    if ('emote' in fragment) {
      const alt = `:${fragment.emote}:`
      return createPictureRun({ kind: 'emote', url: emoteUrl(fragment.emote) ?? '', alt, onProblem })
    }
    if ('image' in fragment) {
      const { image } = fragment
      return createPictureRun({ kind: 'image', url: image.url, alt: image.alt ?? '[…]', image, onProblem })
    }
    if ('text' in fragment && fragment.ruby) return createRubyRun(parts, fragment.ruby)
    return moving ? createMovingRun(parts) : createRun(parts)
  }

  /** Makes runs for the cells from index `from` on. */
  function build(from: number): void {
    const moving = cells.filter(cell => styleOf(fragments[cell.fragment]!)?.animation)
    const single = moving.length <= MAX_MOVING
    const whole = single ? undefined : styleOf(fragments[moving[0]!.fragment]!)
    if (whole) applyStyle(element, { animation: whole.animation, strength: whole.strength })
    for (let start = from; start < cells.length; ) {
      const index = cells[start]!.fragment
      let end = start
      while (end < cells.length && cells[end]!.fragment === index) end++
      const fragment = fragments[index]!
      const style = styleOf(fragment)
      const parts = cells.slice(start, end).map(cell => cell.text)
      const run = createRunOf(fragment, parts, single && style?.animation !== undefined)
      applyStyle(run.element, single ? style : { ...style, animation: undefined })
      runs.push({ run, fragment: index, start })
      element.append(run.element)
      start = end
    }
  }

  function reveal(count: number, animate: boolean): void {
    shown = Math.max(shown, Math.min(count, cells.length))
    for (; active < runs.length; active++) {
      const { run, start } = runs[active]!
      run.reveal(Math.max(0, shown - start), animate && cells.length <= MAX_ARRIVING)
      if (shown < start + run.count) return
    }
  }

  function update(changed: readonly Fragment[]): Common {
    let same = 0
    while (same < fragments.length && same < changed.length && isSame(fragments[same]!, changed[same]!))
      same++
    const grows = isLonger(fragments[same], changed[same])
    const before = cells
    fragments = changed
    cells = cellsOf(changed)
    let cell = 0
    while (
      cell < before.length &&
      cell < cells.length &&
      before[cell]!.text === cells[cell]!.text &&
      before[cell]!.fragment === cells[cell]!.fragment
    )
      cell++
    const kept = runs.filter(({ fragment }) => fragment < same)
    const growing = grows ? runs.find(({ fragment }) => fragment === same) : undefined
    if (growing?.run.grow) {
      const parts = cells.filter(item => item.fragment === same).map(item => item.text)
      growing.run.grow(parts)
      kept.push(growing)
    }
    for (const { run } of runs.slice(kept.length)) run.element.remove()
    runs = kept
    const last = kept[kept.length - 1]
    const wasShown = Math.min(shown, cell)
    build(last === undefined ? 0 : last.start + last.run.count)
    active = 0
    shown = 0
    reveal(wasShown, false)
    return { fragment: same, cell }
  }

  update(initial)
  const strong = STRONG.exec(cells.map(cell => cell.text).join(''))
  if (strong && RTL.test(strong[0])) element.classList.add('sm-rtl')
  // The first line of a quotation hangs, so that its letters stand below each other.
  if (HANGING.test(cells[0]?.text ?? '')) element.classList.add('sm-hang')
  return {
    element,
    get fragments() {
      return fragments
    },
    get cells() {
      return cells
    },
    reveal,
    showKeys(fragment, keys) {
      const placed = runs.find(run => run.fragment === fragment)
      if (placed === undefined) return
      const host = placed.run.element
      const old = host.querySelector<HTMLElement>(':scope > .sm-keys')
      if (keys === null) {
        old?.remove()
        return
      }
      const shownKeys = old ?? document.createElement('span')
      if (old === null) {
        shownKeys.className = 'sm-keys'
        host.classList.add('sm-typed')
        host.append(shownKeys)
      }
      shownKeys.textContent = keys
    },
    rect(cell) {
      const placed = runs.find(({ run, start }) => cell >= start && cell < start + run.count)
      return placed === undefined ? null : placed.run.rect(cell - placed.start)
    },
    update,
  }
}
