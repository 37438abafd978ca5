import type { Fragment } from '../../../shared/fragments.ts'
import type { Cell } from './cells.ts'

/**
 * Text of more cells than this is cut into blocks of about {@link BLOCK}: a browser lays out a paragraph as a whole
 * whenever anything in it changes, which takes 30 ms for 10,000 letters.
 */
const MAX_BLOCK = 800
const BLOCK = 400
/** Cells, at most, that are looked at for the beginning of a line. */
const LONGEST_LINE = 200

interface LaidOut {
  readonly cells: readonly Cell[]
  readonly fragments: readonly Fragment[]
  /** Where a cell stands on the page; null if nowhere. */
  rect(cell: number): Pick<DOMRect, 'top' | 'bottom'> | null
}

/** Whether text may be cut before a cell: not within a reading, a word that is typed as keys, or what moves. */
function mayCut({ cells, fragments }: LaidOut, cell: number): boolean {
  const index = cells[cell]!.fragment
  if (cells[cell - 1]!.fragment !== index) return true
  const fragment = fragments[index]!
  return 'text' in fragment && !fragment.ruby && !fragment.typed && !fragment.style?.animation
}

/** The cell behind `start`, the first of a block, that begins the next one; null where this is the last. */
export function nextBlock(line: LaidOut, start: number): number | null {
  if (line.cells.length - start <= MAX_BLOCK) return null
  let here = line.rect(start + BLOCK)
  for (let at = start + BLOCK; at > start + BLOCK - LONGEST_LINE; at--) {
    const before = line.rect(at - 1)
    // On one baseline what reaches lower reaches higher too.
    const isLower = here && before && here.top > before.top + 1 && here.bottom > before.bottom + 1
    if (isLower && mayCut(line, at)) return at
    here = before
  }
  return null
}
