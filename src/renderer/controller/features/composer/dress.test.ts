import { expect, test } from 'vitest'
import { dressLine, fillTemplate } from './dress.ts'

const plain = { lineSpeed: 1, quotes: false, quoteBefore: '「', quoteAfter: '」' }

test.each([
  ['你好', {}, '你好'],
  ['你好', { quotes: true }, '「你好」'],
  ['「你好」', { quotes: true }, '「你好」'],
  ['「', { quotes: true }, '「」'],
  ['hi', { quotes: true, quoteBefore: '"', quoteAfter: '"' }, '"hi"'],
  ['"', { quotes: true, quoteBefore: '"', quoteAfter: '"' }, '""'],
  ['hi', { quotes: true, quoteBefore: '', quoteAfter: ' ♪' }, 'hi ♪'],
  ['hi', { lineSpeed: 0.5 }, '[speed=0.5]hi[/speed]'],
  ['hi', { lineSpeed: 2, quotes: true }, '[speed=2]「hi」[/speed]'],
])('%s with %o is sent as %s', (line, part, sent) => {
  expect(dressLine(line, { ...plain, ...part })).toBe(sent)
})

test('a template puts the caret where its mark stands', () => {
  expect(fillTemplate('（{cursor}）')).toEqual({ text: '（）', caret: 1 })
  expect(fillTemplate('[b]')).toEqual({ text: '[b]', caret: 3 })
  expect(fillTemplate('')).toEqual({ text: '', caret: 0 })
})
