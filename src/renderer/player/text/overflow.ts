import type { RoomSettings } from '../../../shared/room.ts'
import type { Frame } from '../stage/frame.ts'
import type { LineView } from './line-view.ts'

/** The smallest that text is shrunk to, times its size. */
const MIN_FIT = 0.55
/** Steps of the search for a size that fits: 2^-5 of the range is less than a pixel. */
const STEPS = 5

/** Keeps the text within its box: by size, by moving it up, or by pages. */
export interface Overflow {
  /** Fits the lines that are there; call it when they, the box or the settings have changed. */
  fit(mode: RoomSettings['longText']): void
  /** Index of the first cell of every page but the first; empty where everything fits or is not paged. */
  pages(view: LineView): number[]
  /** Brings a cell into sight. */
  follow(view: LineView, cell: number): void
}

export function createOverflow({ body, text }: Frame): Overflow {
  let mode: RoomSettings['longText'] = 'fit'
  let isTooLong = false
  /** How far the text is moved up, px. */
  let offset = 0
  let starts: number[] = []
  let scale = 1
  /** Of the text as it is fitted now, px; 0 while unknown. */
  let lineHeight = 0

  function move(to: number): void {
    if (to === offset) return
    offset = to
    text.style.transform = to === 0 ? '' : `translateY(${-to}px)`
  }

  function overflows(): boolean {
    // A pixel of rounding is no overflow.
    return text.scrollHeight > body.clientHeight + 1
  }

  function shrink(): void {
    let [low, high] = [MIN_FIT, 1]
    for (let step = 0; step < STEPS; step++) {
      const middle = (low + high) / 2
      text.style.setProperty('--fit', String(middle))
      if (overflows()) high = middle
      else low = middle
    }
    text.style.setProperty('--fit', String(low))
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

  return {
    fit(next) {
      mode = next
      starts = []
      lineHeight = 0
      text.style.removeProperty('--fit')
      delete body.dataset.overflow
      move(0)
      isTooLong = overflows()
      if (isTooLong && mode === 'fit') {
        shrink()
        isTooLong = overflows()
      }
      if (isTooLong) body.dataset.overflow = mode
    },
    pages(view) {
      if (!isTooLong || mode !== 'page') return []
      const height = body.clientHeight
      for (let top = 0, from = 0; ; ) {
        let [low, high] = [from, view.cells.length]
        while (low < high) {
          const middle = (low + high) >> 1
          if ((place(view, middle)?.bottom ?? 0) > top + height + 1) high = middle
          else low = middle + 1
        }
        if (low >= view.cells.length || low <= from) break
        starts.push(low)
        from = low
        top = place(view, low)?.top ?? top
      }
      return starts
    },
    follow(view, cell) {
      if (!isTooLong) return
      const shown = place(view, cell)
      if (shown === null) return
      if (starts.length > 0) {
        let start = 0
        for (const candidate of starts) if (candidate <= cell) start = candidate
        move(start === 0 ? 0 : Math.max(0, place(view, start)?.top ?? 0))
      } else if (shown.bottom - offset > body.clientHeight) move(shown.bottom - body.clientHeight)
    },
  }
}
