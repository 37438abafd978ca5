import { expect, test } from 'vitest'
import type { PlayerInfo, PlayerReport } from '../../../../shared/events.ts'
import { diagnose } from './diagnose.ts'

const report = (part: Partial<PlayerReport> = {}): PlayerReport => ({
  state: 'typing',
  showing: 'e-1',
  waiting: 0,
  layout: 'dialogue',
  visible: true,
  roundTrip: 4,
  problems: [],
  ...part,
})
const player = (part: Partial<PlayerInfo> = {}): PlayerInfo => ({
  id: 'p',
  device: 'OBS 31',
  label: '',
  place: 'obs',
  address: '127.0.0.1',
  userAgent: 'OBS/31.0',
  since: 0,
  backlogBytes: 0,
  report: report(),
  ...part,
})

const times: Record<string, number> = { 'e-1': 0, 'e-9': 9_000, 'e-20': 20_000 }
const timeOf = (id: string) => times[id]

test('players that are well say nothing', () => {
  expect(diagnose([player(), player({ report: null })], timeOf, 20_000)).toEqual([])
  const ordinary = player({ report: report({ showing: 'e-20', waiting: 3 }) })
  expect(diagnose([ordinary], timeOf, 20_000)).toEqual([])
})

test('more sources of one browser than it has connections are named', () => {
  const seven = Array.from({ length: 7 }, (_, index) => player({ id: String(index) }))
  expect(diagnose(seven, timeOf, 0)).toEqual([{ type: 'many-sources', count: 7, address: '127.0.0.1' }])
  const mixed = seven.map((one, index) => (index === 0 ? player({ userAgent: 'Safari' }) : one))
  expect(diagnose(mixed, timeOf, 0)).toEqual([])
  const together = seven.map(one => ({ ...one, shared: true }))
  expect(diagnose(together, timeOf, 0)).toEqual([])
  expect(diagnose([...seven.slice(1), { ...seven[0]!, shared: true }], timeOf, 0)).toHaveLength(1)
})

test('each way of lagging is told with its number', () => {
  expect(
    diagnose(
      [
        player({ label: 'left', report: report({ waiting: 12 }) }),
        player({ report: report({ roundTrip: 2_300.4 }) }),
        player({ report: null, backlogBytes: 200 * 1024 }),
        player({ report: report({ problems: ['old', { code: 'picture-broken', name: 'a.png' }] }) }),
      ],
      timeOf,
      20_000,
    ),
  ).toEqual([
    { type: 'behind', label: 'left', seconds: 20, lines: 12 },
    { type: 'slow', label: 'OBS 31', milliseconds: 2_300 },
    { type: 'unread', label: 'OBS 31', kilobytes: 200 },
    { type: 'problem', label: 'OBS 31', problem: { code: 'picture-broken', name: 'a.png' } },
  ])
})
