import { expect, test } from 'vitest'
import type { Fragment } from '../../../shared/fragments.ts'
import { parseMarkup } from '../../../shared/markup/parse.ts'
import { cellsOf } from './cells.ts'
import { seamsOf } from './seams.ts'

/** What is held together around each seam, with a bar at the seam; pictures are `*`. */
function held(markup: string, moving = true): string[] {
  const fragments: Fragment[] = parseMarkup(markup)
  const cells = cellsOf(fragments)
  const part = (from: number, to: number) =>
    cells
      .slice(from, to)
      .map(cell => ('text' in fragments[cell.fragment]! ? cell.text : '*'))
      .join('')
  return seamsOf(cells, fragments, moving).map(({ from, at, to }) => `${part(from, at)}|${part(at, to)}`)
}

test.each([
  ['他说[wave]颜色[/wave]。然后', ['色|。']],
  ['他说「[wave]颜色[/wave]', ['「|颜']],
  ['「[emote=smile]」', ['「|*', '*|」']],
  ['see [shake]color[/shake]!', ['color|!']],
  ['[wave]颜[/wave]色', []],
  ['[b]颜色[/b]。', []],
  ['[wave]abcdefghijklmnop[/wave]!', []],
  ['{漢字|かんじ}[wave]色[/wave]', []],
])('%s', (markup, expected) => {
  expect(held(markup)).toEqual(expected)
})

test('letters that move with the whole line are no boxes', () => {
  expect(held('[wave]颜色[/wave]。', false)).toEqual([])
})
