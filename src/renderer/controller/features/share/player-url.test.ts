import { expect, test } from 'vitest'
import { playerUrl } from './player-url.ts'

test('a player’s address has the options that are given, as they can stand in an address', () => {
  expect(playerUrl('http://localhost:8000', '')).toBe('http://localhost:8000/')
  expect(playerUrl('http://localhost:8000', 'stage', { key: 'k&1', label: '' })).toBe(
    'http://localhost:8000/stage?key=k%261',
  )
})
