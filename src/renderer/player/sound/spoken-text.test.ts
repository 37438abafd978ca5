import { expect, test } from 'vitest'
import type { Fragment } from '../../../shared/fragments.ts'
import { spokenText } from './spoken-text.ts'

const line: Fragment[] = [
  { text: '你好～☆👩‍👩‍👧🇯🇵👍🏽 ' },
  { emote: 'cats:wave' },
  { pause: 500 },
  { text: '走吧❤️！', ruby: 'go' },
  { image: { url: '/a.png', alt: '海边' } },
]

test('emoji and emotes are not read unless the room wants them', () => {
  expect(spokenText(line, { ignored: '', emoji: false })).toBe('你好～☆ 走吧 ！ 海边')
  expect(spokenText(line, { ignored: '', emoji: true })).toBe('你好～☆👩‍👩‍👧🇯🇵👍🏽 wave 走吧❤️！ 海边')
})

test('characters that are left out are not read, those beyond the first plane too', () => {
  expect(spokenText(line, { ignored: '～ ☆👍', emoji: false })).toBe('你好 走吧 ！ 海边')
  expect(spokenText([{ text: 'a𠮷b[c]^-' }], { ignored: '𠮷[]^-', emoji: false })).toBe('abc')
})

test('digits and signs that may become emoji are read', () => {
  expect(spokenText([{ text: '3 # 10*2' }], { ignored: '', emoji: false })).toBe('3 # 10*2')
})
