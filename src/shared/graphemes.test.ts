import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../test/support/any-text.ts'
import { graphemes, graphemesByRule } from './graphemes.ts'

const CASES: [string, number][] = [
  ['漢字かな交じり', 7],
  ['👨‍👩‍👧‍👦好', 2],
  ['🇯🇵🇨🇳', 2],
  ['1️⃣2️⃣', 2],
  ['👍🏽👍', 2],
  ['e\u0301a', 2],
  ['が', 1],
  ['한국', 2],
  ['\r\na', 2],
  ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', 1],
]

test.each(CASES)('%s is split into %i graphemes, with and without Intl.Segmenter', (text, count) => {
  expect(graphemes(text)).toHaveLength(count)
  expect(graphemesByRule(text)).toHaveLength(count)
})

test('no character is lost, whatever the text', () => {
  fc.assert(
    fc.property(anyText(), text => {
      expect(graphemes(text).join('')).toBe(text)
      expect(graphemesByRule(text).join('')).toBe(text)
    }),
  )
})

test('the fast way for simple scripts splits as Intl.Segmenter does', () => {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  const char = fc.oneof(
    fc.integer({ min: 0x20, max: 0xff }),
    fc.integer({ min: 0x3000, max: 0x30ff }),
    fc.integer({ min: 0xff00, max: 0xffa0 }),
  )
  fc.assert(
    fc.property(fc.array(char), codes => {
      const text = String.fromCharCode(...codes)
      expect(graphemes(text)).toEqual(Array.from(segmenter.segment(text), part => part.segment))
    }),
  )
})
