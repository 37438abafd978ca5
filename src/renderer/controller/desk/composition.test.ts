import { expect, test } from 'vitest'
import { countCharacters } from '../lib/count-characters.ts'
import { excessBytes, toLines } from './composition.ts'

test('each line becomes a message and blank ones none', () => {
  expect(toLines('你好\r\n\n  世界  \n   \n', true)).toEqual(['你好', '  世界'])
  expect(toLines(' \n ', true)).toEqual([])
})

test('as one message the inner lines stay', () => {
  expect(toLines('\n一\n\n二\n', false)).toEqual(['一\n\n二'])
  expect(toLines(' \n\t', false)).toEqual([])
})

test('the excess is counted in bytes of the longest line', () => {
  expect(excessBytes(['短'])).toBe(0)
  expect(excessBytes(['a', '字'.repeat(11_000)])).toBe(33_000 - 32_768)
})

test('a family emoji is one character', () => {
  expect(countCharacters('👨‍👩‍👧が')).toBe(2)
})

test('a pasted text of more lines than a call takes arguments is measured all the same', () => {
  expect(excessBytes(Array.from({ length: 500_000 }, () => 'x'))).toBe(0)
})
