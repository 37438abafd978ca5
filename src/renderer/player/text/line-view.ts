import type { Fragment, Style } from '../../../shared/fragments.ts'
import { ANIMATIONS } from '../../../shared/markup/names.ts'
import type { TellProblem } from '../../../shared/player-problem.ts'
import { nextBlock } from './blocks.ts'
import { type Cell, cellsOf } from './cells.ts'
import { createMovingRun } from './moving-run.ts'
import { createPictureRun } from './picture-run.ts'
import { createRubyRun } from './ruby-run.ts'
import { createRun, type Run } from './run.ts'
import { seamsOf } from './seams.ts'
import { applyStyle } from './style.ts'

/** One line in the document. */
export interface LineView {
  element: HTMLElement
  readonly fragments: readonly Fragment[]
  readonly cells: readonly Cell[]
  /** The line is about to be typed: call it before it is laid out, which is then done once. */
  open(): void
  /** Shows the first `shown` cells; never fewer than before. */
  reveal(shown: number, animate: boolean): void
  /** The raw keys of a fragment that is being typed as by an input method; null: they have become the text. */
  showKeys(fragment: number, keys: string | null): void
  /** Where a cell stands on the page; null if nowhere. */
  rect(cell: number): DOMRect | null
  /** Takes the line's new fragments. What it has in common with the old stays in place. */
  update(fragments: readonly Fragment[]): Common
  /**
   * Cuts long text where its lines break, as it is laid out now, into blocks: what happens in one makes the browser lay
   * out that one only. Nothing moves.
   */
  split(): void
  /** One flow of text again, before it is fitted to another box. */
  join(): void
}

/** How much of a line an update left as it was. */
export interface Common {
  fragment: number
  cell: number
  /** All that was there is as it was; at most there is more behind it. */
  isWhole: boolean
}

export interface LineViewOptions {
  /** Address of an emote's picture; undefined where there is none. */
  emoteUrl: (name: string) => string | undefined
  /** Told of what cannot be shown. */
  onProblem: TellProblem
}

interface Placed {
  run: Run
  /** Index of its fragment. */
  fragment: number
  /** Index of its first cell in the line. */
  start: number
  /** What it lies in: the line itself, or one of its blocks. */
  block: HTMLElement
}

/** Graphemes that may move by themselves; past that the line moves as a whole. */
const MAX_MOVING = 200

/** The first letter decides on the direction, as `dir="auto"` does. */
const STRONG = /\p{L}/u
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** Opening marks whose ink fills only the right half of their square. */
const HANGING = /^[「『（《【〈〔“‘]/

/** In a longer block graphemes arrive without an effect: each would make the browser lay out the whole of it. */
const MAX_ARRIVING = 1_000

/** Something stands above or below its letters: their rows may be higher than others. */
function isAnnotated(fragment: Fragment): boolean {
  return 'text' in fragment && (fragment.ruby !== undefined || fragment.style?.dots === true)
}

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
  /** First cells of the blocks; one alone is the line itself. */
  let starts = [0]
  let shown = 0
  /** Runs before this one are complete. */
  let active = 0
  /** Few enough letters move for each to do so by itself; else the line moves as a whole. */
  let single = true

  /** @param offset cells of the fragment before these */
  function createRunOf(fragment: Fragment, parts: readonly string[], moving: boolean, offset: number): Run {
    if ('emote' in fragment) {
      const alt = `:${fragment.emote}:`
      return createPictureRun({ kind: 'emote', url: emoteUrl(fragment.emote) ?? '', alt, onProblem })
    }
    if ('image' in fragment) {
      const { image } = fragment
      return createPictureRun({ kind: 'image', url: image.url, alt: image.alt ?? '[…]', image, onProblem })
    }
    if ('text' in fragment && fragment.ruby) return createRubyRun(parts, fragment.ruby)
    return moving ? createMovingRun(parts, offset) : createRun(parts)
  }

  function movingCells(): Cell[] {
    return cells.filter(cell => styleOf(fragments[cell.fragment]!)?.animation)
  }

  /** Makes runs for the cells from index `from` on. */
  function build(from: number): void {
    const whole = single ? undefined : styleOf(fragments[movingCells()[0]!.fragment]!)
    if (whole) applyStyle(element, { animation: whole.animation, strength: whole.strength })
    const rest = starts.filter(start => start > from)
    const seams = seamsOf(cells, fragments, single)
    const cuts = new Set(seams.flatMap(seam => [seam.from, seam.to]))
    let block = runs[runs.length - 1]?.block ?? element
    for (let start = from; start < cells.length; ) {
      const index = cells[start]!.fragment
      if (starts.length > 1 && starts.includes(start)) {
        block = document.createElement('span')
        block.className = 'sm-block'
        element.append(block)
      }
      while (rest.length > 0 && rest[0]! <= start) rest.shift()
      const limit = rest[0] ?? cells.length
      let end = start
      while (end < limit && cells[end]!.fragment === index && !(end > start && cuts.has(end))) end++
      const fragment = fragments[index]!
      const style = styleOf(fragment)
      const parts = cells.slice(start, end).map(cell => cell.text)
      const offset = start - cells.findIndex(cell => cell.fragment === index)
      const run = createRunOf(fragment, parts, single && style?.animation !== undefined, offset)
      applyStyle(run.element, single ? style : { ...style, animation: undefined })
      const before = runs[runs.length - 1]
      const isGlued =
        before?.block === block && seams.some(seam => seam.at === start && seam.from === before.start)
      runs.push({ run, fragment: index, start, block })
      if (isGlued) glue(before.run.element, run.element)
      else block.append(run.element)
      start = end
    }
  }

  /** No line breaks between the two. */
  function glue(before: HTMLElement, after: HTMLElement): void {
    let holder = before.parentElement!
    if (!holder.classList.contains('sm-glued')) {
      holder = document.createElement('span')
      holder.className = 'sm-glued'
      before.replaceWith(holder)
      holder.append(before)
    }
    holder.append(after)
  }

  function removeEmpty(): void {
    for (const holder of element.querySelectorAll('.sm-glued:empty, .sm-block:empty')) holder.remove()
  }

  /** Makes the runs from cell `from` on anew, which begins a block. */
  function rebuild(from: number): void {
    const wasShown = shown
    const kept = runs.filter(({ start }) => start < from)
    for (const { run, block } of runs.slice(kept.length)) (block === element ? run.element : block).remove()
    removeEmpty()
    runs = kept
    build(from)
    active = 0
    shown = 0
    reveal(wasShown, false)
  }

  function rect(cell: number): DOMRect | null {
    const placed = runs.find(({ run, start }) => cell >= start && cell < start + run.count)
    return placed === undefined ? null : placed.run.rect(cell - placed.start)
  }

  function reveal(count: number, animate: boolean): void {
    shown = Math.max(shown, Math.min(count, cells.length))
    for (; active < runs.length; active++) {
      const { run, start } = runs[active]!
      run.reveal(Math.max(0, shown - start), animate && blockSize() <= MAX_ARRIVING)
      if (shown < start + run.count) return
    }
  }

  /** Keys that would leave the row begin the next one, as text that is being composed does. */
  function keepInside(keys: HTMLElement, host: HTMLElement): void {
    keys.style.left = keys.style.top = ''
    const [place, row] = [keys.getBoundingClientRect(), element.getBoundingClientRect()]
    if (place.right <= row.right + 1 || place.width > row.width) return
    // What scales the stage scales the rectangles too.
    const scale = row.width / element.offsetWidth || 1
    keys.style.left = `${(row.left - host.getClientRects()[0]!.left) / scale}px`
    keys.style.top = getComputedStyle(element).lineHeight
  }

  function blockSize(): number {
    return cells.length - starts[starts.length - 1]!
  }

  function update(changed: readonly Fragment[]): Common {
    let same = 0
    while (same < fragments.length && same < changed.length && isSame(fragments[same]!, changed[same]!))
      same++
    const isGlued = runs.some(
      ({ fragment, run }) => fragment === same && run.element.parentElement?.classList.contains('sm-glued'),
    )
    const grows = !isGlued && isLonger(fragments[same], changed[same])
    const before = cells
    const rest = fragments.length - same
    fragments = changed
    cells = cellsOf(changed)
    element.classList.toggle('sm-annotated', changed.some(isAnnotated))
    let cell = 0
    while (
      cell < before.length &&
      cell < cells.length &&
      before[cell]!.text === cells[cell]!.text &&
      before[cell]!.fragment === cells[cell]!.fragment
    )
      cell++
    const wasSingle = single
    single = movingCells().length <= MAX_MOVING
    if (single) element.classList.remove('sm-move', ...ANIMATIONS.map(name => `sm-${name}`))
    // Letters that moved one by one now move with their line, or the other way round: all of them are made anew.
    const kept =
      single === wasSingle
        ? runs.filter(({ fragment }) => fragment < same || (grows && fragment === same))
        : []
    const last = kept[kept.length - 1]
    if (grows && last?.fragment === same) {
      const parts = cells.filter((item, index) => item.fragment === same && index >= last.start)
      last.run.grow?.(parts.map(item => item.text))
    }
    for (const { run } of runs.slice(kept.length)) run.element.remove()
    runs = kept
    const end = last === undefined ? 0 : last.start + last.run.count
    starts = starts.filter(start => start === 0 || start < end)
    removeEmpty()
    const wasShown = Math.min(shown, cell)
    // What is still being written may begin with nothing.
    if (before.length === 0) mark()
    build(end)
    active = 0
    shown = 0
    reveal(wasShown, false)
    const isWhole = cell === before.length && (rest === 0 || (grows && rest === 1))
    return { fragment: same, cell, isWhole }
  }

  /** How the line begins. */
  function mark(): void {
    const strong = STRONG.exec(cells.map(cell => cell.text).join(''))
    element.classList.toggle('sm-rtl', strong !== null && RTL.test(strong[0]))
    // The first line of a quotation hangs, so that its letters stand below each other.
    element.classList.toggle('sm-hang', HANGING.test(cells[0]?.text ?? ''))
  }

  update(initial)
  return {
    element,
    get fragments() {
      return fragments
    },
    get cells() {
      return cells
    },
    open: () => runs[0]?.run.open?.(),
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
      keepInside(shownKeys, host)
    },
    rect,
    update,
    split() {
      const known = starts.length
      for (;;) {
        const next = nextBlock({ cells, fragments, rect }, starts[starts.length - 1]!)
        if (next === null) break
        starts.push(next)
      }
      if (starts.length > known) rebuild(starts[known - 1]!)
    },
    join() {
      if (starts.length === 1) return
      starts = [0]
      rebuild(0)
    },
  }
}
