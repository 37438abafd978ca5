import { expect, test } from 'vitest'
import { placePath, readPlace } from './location.ts'

test.each([
  ['/admin', '', { section: 'live', room: 'lobby' }],
  ['/admin/', '?room=Stage2', { section: 'live', room: 'stage2' }],
  ['/admin/history', '', { section: 'history', room: 'lobby' }],
  ['/admin/setup', '', { section: 'live', room: 'lobby' }],
  ['/admin/share/', '?room=a%2Fb', { section: 'share', room: 'lobby' }],
] as const)('%s%s', (pathname, search, place) => {
  expect(readPlace({ pathname, search })).toEqual(place)
})

test('a place is found again by its path', () => {
  const place = { section: 'look', room: 'stage2' } as const
  const { pathname, search } = new URL(placePath(place), 'http://localhost')
  expect(readPlace({ pathname, search })).toEqual(place)
})
