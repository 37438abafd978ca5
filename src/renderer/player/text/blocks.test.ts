import { expect, test } from 'vitest'
import type { Fragment } from '../../../shared/fragments.ts'
import { nextBlock } from './blocks.ts'
import { cellsOf } from './cells.ts'

/** Text in lines of `width` cells, 20 px each. */
const laidOut = (fragments: Fragment[], width: number) => ({
  fragments,
  cells: cellsOf(fragments),
  rect(cell: number) {
    const top = Math.floor(cell / width) * 20
    return { top, bottom: top + 16 }
  },
})

test('cuts where a line begins, and leaves what is short enough', () => {
  const line = laidOut([{ text: '字'.repeat(2_000) }], 30)
  expect(nextBlock(line, 0)).toBe(390)
  expect(nextBlock(line, 390)).toBe(780)
  expect(nextBlock(line, 1_200)).toBe(null)
})

test('takes a larger letter on the same baseline for no new line', () => {
  const line = laidOut([{ text: '字'.repeat(1_000) }], 2_000)
  const rect = (cell: number) => (cell % 2 ? { top: 0, bottom: 20 } : { top: 8, bottom: 16 })
  expect(nextBlock({ ...line, rect }, 0)).toBe(null)
})

test('never cuts within a reading', () => {
  const text = '字'.repeat(1_000)
  expect(nextBlock(laidOut([{ text, ruby: 'じ' }], 30), 0)).toBe(null)
})
