import type { RoomSettings } from '../../../shared/room.ts'
import type { Frame } from '../stage/frame.ts'
import type { LineView } from './line-view.ts'

/** The smallest that text is shrunk to, times its size. */
const MIN_FIT = 0.55
/** Steps of the search for a size that fits, from a good guess. */
const STEPS = 4
/** Cells, at most, that are looked at for the end of what is in sight. */
const LOOK_AHEAD = 128

/** Keeps the text within its box: by size, by moving it up, or by pages. */
export interface Overflow {
  /** Fits the lines that are there; call it when they, the box or the settings have changed. */
  fit(mode: RoomSettings['longText']): void
  /** The newest line has got more text behind what it had. */
  grew(): void
  /** Index of the first cell of every page but the first; empty where everything fits or is not paged. */
  pages(view: LineView): number[]
  /** Brings a cell into sight. */
  follow(view: LineView, cell: number): void
}

export function createOverflow({ body, text }: Pick<Frame, 'body' | 'text'>): Overflow {
  let mode: RoomSettings['longText'] = 'fit'
  let isTooLong = false
  /** Text of this length did not fit even when it was made as small as it may be. */
  let hopeless = Number.POSITIVE_INFINITY
  /** How far the text is moved up, px. */
  let offset = 0
  let starts: number[] = []
  let scale = 1
  /** Of the text as it is fitted now, px; 0 while unknown. */
  let lineHeight = 0
  /** Where the sight is: up to this cell of this view it need not move. Reading places in each frame would cost layouts. */
  let inSight: { view: LineView; until: number } | null = null

  function move(to: number): void {
    if (to === offset) return
    offset = to
    text.style.transform = to === 0 ? '' : `translateY(${-to}px)`
  }

  function overflows(): boolean {
    // A pixel of rounding is no overflow.
    return text.scrollHeight > body.clientHeight + 1
  }

  function fitsAt(size: number): boolean {
    text.style.setProperty('--fit', String(size))
    return !overflows()
  }

  /**
   * Each try lays the whole text out, so the first is near: half the size takes half the lines of half the height.
   * @returns whether even the smallest is too long.
   */
  function shrink(): boolean {
    const { length } = text.textContent ?? ''
    if (length >= hopeless) {
      if (!fitsAt(MIN_FIT)) return true
      hopeless = Number.POSITIVE_INFINITY
      text.style.removeProperty('--fit')
    }
    if (!overflows()) return false
    const guess = Math.sqrt(body.clientHeight / text.scrollHeight)
    let [low, high] = [MIN_FIT, 1]
    for (let step = 0; step < STEPS; step++) {
      const size = step === 0 ? Math.max(low, guess) : (low + high) / 2
      if (fitsAt(size)) {
        low = size
        if (step === 0) high = Math.min(high, size * 1.15)
      } else {
        high = size
        if (size === MIN_FIT) {
          hopeless = length
          return true
        }
        if (step === 0 && fitsAt(size * 0.85)) low = size * 0.85
      }
    }
    text.style.setProperty('--fit', String(low))
    return overflows()
  }

  /** How far below the beginning of the text a cell's line begins and ends, px. */
  function place(view: LineView, cell: number): { top: number; bottom: number } | null {
    const rect = view.rect(cell)
    if (rect === null) return null
    const origin = text.getBoundingClientRect()
    // What scales the stage scales the rectangles too.
    scale = origin.height / text.offsetHeight || 1
    if (lineHeight === 0) lineHeight = Number.parseFloat(getComputedStyle(view.element).lineHeight) || 0
    const middle = (rect.top + rect.bottom) / 2 - origin.top
    const half = (lineHeight || rect.height / scale) / 2
    return { top: middle / scale - half, bottom: middle / scale + half }
  }

  /** The first cell from `from` on that ends below `bottom`; the number of cells where none does. */
  function firstBelow(view: LineView, from: number, bottom: number, to = view.cells.length): number {
    let [low, high] = [from, to]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((place(view, middle)?.bottom ?? 0) > bottom) high = middle
      else low = middle + 1
    }
    return low
  }

  function turnTo(view: LineView, cell: number): void {
    const page = starts.filter(start => start <= cell)
    const start = page[page.length - 1] ?? 0
    move(start === 0 ? 0 : Math.max(0, place(view, start)?.top ?? 0))
    inSight = { view, until: starts[page.length] ?? Number.POSITIVE_INFINITY }
  }

  function scrollTo(view: LineView, cell: number): void {
    const shown = place(view, cell)
    if (shown === null) return
    if (shown.bottom - offset > body.clientHeight) move(shown.bottom - body.clientHeight)
    const ahead = Math.min(cell + LOOK_AHEAD, view.cells.length)
    inSight = { view, until: firstBelow(view, cell + 1, body.clientHeight + offset + 1, ahead) }
  }

  return {
    fit(next) {
      mode = next
      starts = []
      lineHeight = 0
      inSight = null
      text.style.removeProperty('--fit')
      delete body.dataset.overflow
      move(0)
      // A look that changes while nothing is said need not be laid out for it.
      isTooLong = text.firstChild !== null && (mode === 'fit' ? shrink() : overflows())
      if (isTooLong) body.dataset.overflow = mode
    },
    grew() {
      // Text that is as small as it may be does not fit again by getting longer.
      if (!isTooLong && overflows()) this.fit(mode)
    },
    pages(view) {
      if (!isTooLong || mode !== 'page') return []
      const height = body.clientHeight
      for (let top = 0, from = 0; ; ) {
        const next = firstBelow(view, from, top + height + 1)
        if (next >= view.cells.length || next <= from) break
        starts.push(next)
        from = next
        top = place(view, next)?.top ?? top
      }
      return starts
    },
    follow(view, cell) {
      if (!isTooLong || (inSight?.view === view && cell < inSight.until)) return
      if (starts.length > 0) turnTo(view, cell)
      else scrollTo(view, cell)
    },
  }
}
