import { expect, test } from 'vitest'
import type { PlayerInfo, PlayerReport } from '../../../../shared/events.ts'
import { isReadyForNext, type StageView } from './autoplay.ts'

const report = (part: Partial<PlayerReport>): PlayerReport => ({
  state: 'complete',
  showing: 'e-5',
  waiting: 0,
  layout: 'dialogue',
  visible: true,
  roundTrip: null,
  problems: [],
  ...part,
})
const player = (part: Partial<PlayerReport> | null, place: PlayerInfo['place'] = 'obs'): PlayerInfo => ({
  id: 'p',
  device: '',
  label: '',
  place,
  address: '',
  userAgent: '',
  since: 0,
  backlogBytes: 0,
  report: part && report(part),
})
const view = (part: Partial<StageView>): StageView => ({
  players: [],
  newest: 'e-5',
  age: 1_500,
  unsent: 0,
  paused: false,
  ...part,
})
const READING = 2_000

test('the first line goes out at once, unless the player is paused or a line is on its way', () => {
  expect(isReadyForNext(view({ newest: null }), READING)).toBe(true)
  expect(isReadyForNext(view({ newest: null, paused: true }), READING)).toBe(false)
  expect(isReadyForNext(view({ newest: null, unsent: 1 }), READING)).toBe(false)
})

test('it waits until a player shows the last line complete and has none waiting', () => {
  expect(isReadyForNext(view({ players: [player({})] }), READING)).toBe(true)
  expect(isReadyForNext(view({ players: [player({ state: 'typing' })] }), READING)).toBe(false)
  expect(isReadyForNext(view({ players: [player({ showing: 'e-4' })] }), READING)).toBe(false)
  expect(isReadyForNext(view({ players: [player({ waiting: 2 })] }), READING)).toBe(false)
  expect(isReadyForNext(view({ players: [player({})], age: 100 }), READING)).toBe(false)
})

test('without an audience the length of the line decides', () => {
  for (const players of [[], [player({}, 'preview')], [player({ visible: false })], [player(null)]]) {
    expect(isReadyForNext(view({ players, age: 1_999 }), READING)).toBe(false)
    expect(isReadyForNext(view({ players, age: 2_000 }), READING)).toBe(true)
  }
})

test('a stuck player does not hold up the show for ever', () => {
  const players = [player({ state: 'typing', showing: 'e-3' })]
  expect(isReadyForNext(view({ players, age: 3_999 }), READING)).toBe(false)
  expect(isReadyForNext(view({ players, age: 4_000 }), READING)).toBe(true)
})
