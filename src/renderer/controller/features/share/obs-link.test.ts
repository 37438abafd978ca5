import { expect, test } from 'vitest'
import { obsDragUrl } from './obs-link.ts'
import { playerUrl } from './player-url.ts'

test('the link that is dragged into OBS carries name and size', () => {
  expect(obsDragUrl('http://localhost:8000/stage?key=a+b', 'Streaming Message')).toBe(
    'http://localhost:8000/stage?key=a+b&layer-name=Streaming+Message&layer-width=1920&layer-height=1080',
  )
})

test('a player’s address has the options that are given, as they can stand in an address', () => {
  expect(playerUrl('http://localhost:8000', '')).toBe('http://localhost:8000/')
  expect(playerUrl('http://localhost:8000', 'stage', { key: 'k&1', label: '' })).toBe(
    'http://localhost:8000/stage?key=k%261',
  )
})
