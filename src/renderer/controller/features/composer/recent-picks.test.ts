import { expect, test } from 'vitest'
import { loadEmoji } from './emoji.ts'
import { isEmote, recentPicks, remember } from './recent-picks.ts'

const emoji = await loadEmoji('en')
const emotes = [{ name: 'cats:hi', url: '/assets/a1' }]

test('emotes are among what was used last, in the order of use', () => {
  const wave = emoji.find(one => one.text === '👋')!
  const remembered = remember(':cats:hi:', remember(wave.id, [':gone:']))
  const picks = recentPicks(remembered, emoji, emotes)
  expect(picks.map(pick => (isEmote(pick) ? pick.name : pick.text))).toEqual(['cats:hi', '👋'])
})

test('what is used again moves to the front and is there once; the oldest goes', () => {
  expect(remember('b', ['a', 'b', 'c'])).toEqual(['b', 'a', 'c'])
  const many = Array.from({ length: 36 }, (_, index) => String(index))
  expect(remember('new', many)).toEqual(['new', ...many.slice(0, 35)])
})
