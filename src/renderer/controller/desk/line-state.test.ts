import { expect, test } from 'vitest'
import type { PlayerInfo } from '../../../shared/events.ts'
import { lineState } from './line-state.ts'

function player(showing: string | null, part: Partial<PlayerInfo> = {}): PlayerInfo {
  return {
    id: 'p',
    device: '',
    label: '',
    place: 'obs',
    address: '127.0.0.1',
    userAgent: '',
    since: 0,
    backlogBytes: 0,
    report: {
      state: 'typing',
      showing,
      waiting: 0,
      layout: 'dialogue',
      visible: true,
      roundTrip: null,
      problems: [],
    },
    ...part,
  }
}

test('without players a line is sent and no more', () => {
  expect(lineState({ id: 'e-3' }, [])).toBe('sent')
  expect(lineState({ id: 'e-3' }, [player(null)])).toBe('sent')
})

test('a line is on the screen while one player shows it, and shown when a player is past it', () => {
  expect(lineState({ id: 'e-3' }, [player('e-2')])).toBe('sent')
  expect(lineState({ id: 'e-3' }, [player('e-4'), player('e-3')])).toBe('on-screen')
  expect(lineState({ id: 'e-3' }, [player('e-10')])).toBe('shown')
})

test('players of another label and previews do not count', () => {
  expect(lineState({ id: 'e-3', label: 'left' }, [player('e-3', { label: 'right' })])).toBe('sent')
  expect(lineState({ id: 'e-3', label: 'left' }, [player('e-3', { label: 'left' })])).toBe('on-screen')
  expect(lineState({ id: 'e-3' }, [player('e-3', { place: 'preview' })])).toBe('sent')
})

test('ids of a lost history say nothing about the present one', () => {
  expect(lineState({ id: 'old-9' }, [player('new-10')])).toBe('sent')
})
