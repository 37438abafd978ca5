import type { Fragment } from '../../../shared/fragments.ts'
import type { Cell } from './cells.ts'
import { breaksBetween } from './clusters.ts'

/** Cells, at most, on one side of a seam: what is held together must fit into a narrow box. */
const LONGEST = 12

/** A place where a browser would break the line although no line may break there, and what must stay together around it. */
export interface Seam {
  /** First cell of what is before it. */
  from: number
  /** First cell behind it. */
  at: number
  /** Behind the last cell of what follows it. */
  to: number
}

/**
 * A browser breaks lines at both sides of a box: a picture, or letters that move. So a full stop behind one could begin
 * a line, and an opening bracket before one end it.
 * @param moving the letters of animated fragments are boxes
 */
export function seamsOf(cells: readonly Cell[], fragments: readonly Fragment[], moving: boolean): Seam[] {
  const fragmentOf = (cell: number) => fragments[cells[cell]!.fragment]!
  const isBox = (cell: number) => {
    const fragment = fragmentOf(cell)
    return !('text' in fragment) || (moving && fragment.style?.animation !== undefined)
  }
  /** Pictures are as free as Chinese characters. */
  const letter = (cell: number) => ('text' in fragmentOf(cell) ? cells[cell]!.text : '字')
  /** Neither a reading nor a word that is typed as keys can be cut. */
  const isWhole = (cell: number) => {
    const fragment = fragmentOf(cell)
    return 'text' in fragment && (fragment.ruby !== undefined || fragment.typed !== undefined)
  }
  const holds = (cell: number) =>
    cells[cell]!.fragment === cells[cell - 1]!.fragment && !breaksBetween(letter(cell - 1), letter(cell))
  const seams: Seam[] = []
  for (let at = 1; at < cells.length; at++) {
    if (cells[at]!.fragment === cells[at - 1]!.fragment || !(isBox(at - 1) || isBox(at))) continue
    if (breaksBetween(letter(at - 1), letter(at)) || isWhole(at - 1) || isWhole(at)) continue
    let from = at - 1
    while (from > 0 && holds(from)) from--
    let to = at + 1
    while (to < cells.length && holds(to)) to++
    if (at - from <= LONGEST && to - at <= LONGEST) seams.push({ from, at, to })
  }
  return seams
}
