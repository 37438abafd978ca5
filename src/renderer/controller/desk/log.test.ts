import { expect, test } from 'vitest'
import { reportOf } from '../../../../test/support/player-report.ts'
import type { PlayerInfo } from '../../../shared/events.ts'
import { createLog, LOG_LIMIT } from './log.ts'
import type { RoomEvent } from './room-stream.ts'

const player = (id: string, part: Partial<PlayerInfo> = {}): PlayerInfo => ({
  id,
  device: '',
  label: id,
  place: 'obs',
  address: '127.0.0.1',
  userAgent: '',
  since: 0,
  report: reportOf(),
  backlogBytes: 0,
  ...part,
})
const players = (...list: PlayerInfo[]): RoomEvent => ({
  name: 'meta',
  data: { type: 'players', players: list, total: list.length },
})
function create() {
  const log = createLog(
    () => 5,
    key => key === 'own',
  )
  return { ...log, told: () => log.store.getState().entries.map(entry => entry.what) }
}

test('players that come, go, are hidden and fail are told; those that were there already are not', () => {
  const log = create()
  log.handle(players(player('a')))
  expect(log.told()).toEqual([])
  log.handle(players(player('a'), player('b'), player('p', { place: 'preview' })))
  log.handle(players(player('a', { report: reportOf({ visible: false }) }), player('b')))
  log.handle(
    players(
      player('b', {
        report: reportOf({ problems: ['no such picture', { code: 'lines-dropped', count: 1 }] }),
      }),
    ),
  )
  log.handle(
    players(
      player('b', {
        report: reportOf({ problems: ['no such picture', { code: 'lines-dropped', count: 9 }] }),
      }),
    ),
  )
  expect(log.told()).toEqual([
    { type: 'player-came', name: 'b' },
    { type: 'player-hidden', name: 'a' },
    { type: 'player-went', name: 'a' },
    { type: 'player-problem', name: 'b', problem: 'no such picture' },
    { type: 'player-problem', name: 'b', problem: { code: 'lines-dropped', count: 1 } },
  ])
  expect(log.store.getState().unread).toBe(3)
  log.read()
  expect(log.store.getState().unread).toBe(0)
})

test('lines of others are told from those of this desk, and the log does not grow for ever', () => {
  const log = create()
  const message = (line: string): RoomEvent => ({
    name: 'message',
    data: {
      id: 'e-1',
      room: 'lobby',
      speaker: 'A',
      data: { message: '[b]hi[/]' },
      time: 0,
      meta: { line },
      status: 'complete',
    },
  })
  log.handle(message('own'))
  log.handle(message('other'))
  expect(log.told()).toEqual([
    { type: 'line', speaker: 'A', text: 'hi' },
    { type: 'line-elsewhere', speaker: 'A', text: 'hi' },
  ])
  for (let i = 0; i < LOG_LIMIT; i++) log.handle(message('own'))
  expect(log.told()).toHaveLength(LOG_LIMIT)
  expect(log.told()[0]).toMatchObject({ type: 'line' })
})
