import type { Fragment } from '../../../shared/fragments.ts'
import { type Cell, cellsOf } from './cells.ts'
import { createRun, type Run } from './run.ts'

/** One line in the document. */
export interface LineView {
  element: HTMLElement
  /** How many cells it has. */
  cells: readonly Cell[]
  /** Shows the first `shown` cells; never fewer than before. */
  reveal(shown: number, animate: boolean): void
}

interface Placed {
  run: Run
  /** Index of its first cell in the line. */
  start: number
}

/** Lays out `fragments` whole, with nothing to be seen yet. */
export function createLineView(fragments: readonly Fragment[]): LineView {
  const element = document.createElement('p')
  element.className = 'sm-line'
  element.dir = 'auto'
  const cells = cellsOf(fragments)
  const runs: Placed[] = []
  for (let start = 0; start < cells.length; ) {
    const { fragment } = cells[start]!
    let end = start
    while (end < cells.length && cells[end]!.fragment === fragment) end++
    const run = createRun(cells.slice(start, end).map(cell => cell.text))
    runs.push({ run, start })
    element.append(run.element)
    start = end
  }
  let active = 0
  return {
    element,
    cells,
    reveal(shown, animate) {
      for (; active < runs.length; active++) {
        const { run, start } = runs[active]!
        run.reveal(Math.max(0, shown - start), animate)
        if (shown < start + run.count) return
      }
    },
  }
}
