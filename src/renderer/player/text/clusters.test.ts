import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graphemes } from '../../../shared/graphemes.ts'
import { clusters } from './clusters.ts'

const split = (text: string) => clusters(graphemes(text)).map(group => group.join(''))

test.each([
  ['hello world', ['hello ', 'world']],
  ['你好，世界。', ['你', '好，', '世', '界。']],
  ['「こんにちは」', ['「こ', 'ん', 'に', 'ち', 'は」']],
  ['キャッチー', ['キャッ', 'チー']],
  ['OK吧……走', ['OK', '吧……', '走']],
  ['well-known', ['well-', 'known']],
])('%s breaks only where a line may', (text, groups) => {
  expect(split(text)).toEqual(groups)
})

test('nothing is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      expect(split(text).join('')).toBe(text)
    }),
  )
})

test('a row of marks keeps two with its word and may break behind them', () => {
  expect(clusters([...'啊！！！？。好']).map(group => group.join(''))).toEqual([
    '啊！！',
    '！',
    '？',
    '。',
    '好',
  ])
  expect(clusters([...'啊……？！好']).map(group => group.join(''))).toEqual(['啊……？！', '好'])
})
