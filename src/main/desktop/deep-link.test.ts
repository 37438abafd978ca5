import { expect, it } from 'vitest'
import { findDeepLink } from './deep-link.ts'

it('finds the room among the arguments of a second start', () => {
  expect(findDeepLink(['electron', '.', 'streaming-message://room/Lobby'])).toEqual({
    kind: 'room',
    room: 'lobby',
  })
  expect(findDeepLink(['Streaming-Message://room/a1/'])).toEqual({ kind: 'room', room: 'a1' })
})

it('sees none where there is none', () => {
  expect(findDeepLink(['electron', '.', '--hidden'])).toBeUndefined()
})

it.each([
  'streaming-message://send/lobby?msg=hi',
  'streaming-message://room/lobby?server=http://evil.example',
  'streaming-message://room/lobby#x',
  'streaming-message://room/../admin',
  'streaming-message://room/',
  'streaming-message://room/\u212a',
  `streaming-message://room/${'a'.repeat(33)}`,
  'streaming-message:room/lobby',
  'streaming-message://evil@room/lobby',
])('refuses %s', link => {
  expect(findDeepLink([link])).toEqual({ kind: 'refused' })
})
