import { expect, test } from 'vitest'
import { EMOJI_GROUPS, loadEmoji, searchEmoji } from './emoji.ts'

const emoji = await loadEmoji('zh-CN')

test('every group has its emoji, named in the language of the page', () => {
  for (const group of EMOJI_GROUPS) expect(emoji.some(one => one.group === group)).toBe(true)
  expect(emoji.find(one => one.text === '👋')).toMatchObject({
    name: '挥手',
    tones: ['👋🏻', '👋🏼', '👋🏽', '👋🏾', '👋🏿'],
  })
  // Letters that only make flags together are none.
  expect(emoji.some(one => one.text === '🇦')).toBe(false)
})

test.each(['wave', '挥手', 'バイバイ', 'WAVE hand'])('👋 is found by %s', query => {
  expect(searchEmoji(emoji, query).map(one => one.text)).toContain('👋')
})

test('what is named so exactly comes first', () => {
  expect(searchEmoji(emoji, '猫')[0]!.text).toMatch(/🐈|🐱/u)
  expect(searchEmoji(emoji, 'no such emoji')).toEqual([])
})
