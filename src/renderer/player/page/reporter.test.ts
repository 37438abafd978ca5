import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HelloEvent } from '../../../shared/events.ts'
import type { PlayerState } from '../player.ts'
import { createReporter } from './reporter.ts'

type Answer = 'lost' | number
let answers: Answer[] = []
let sent: { address: string; showing: string | null }[] = []

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  answers = []
  sent = []
  vi.stubGlobal('document', { visibilityState: 'hidden', addEventListener: () => {} })
  vi.stubGlobal('fetch', async (address: string, { body }: { body: string }) => {
    sent.push({ address, showing: JSON.parse(body).showing })
    const answer = answers.shift() ?? 204
    if (answer === 'lost') throw new TypeError('Failed to fetch')
    return { ok: answer < 300, status: answer }
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const hello = (subscriber: string) => ({ exists: true, room: 'lobby', subscriber }) as HelloEvent
const showing = (id: string): PlayerState => ({
  state: 'complete',
  showing: id,
  shownLine: 0,
  waiting: 0,
  layout: 'dialogue',
  problems: [],
})
const shown = () => sent.map(report => report.showing)

async function begin() {
  const reporter = createReporter()
  reporter.hello(hello('s1'))
  reporter.state(showing('e-1'))
  await vi.advanceTimersByTimeAsync(0)
  return reporter
}

test('a report that was lost on its way, or that the server could not take, is sent again by itself', async () => {
  answers = ['lost', 503, 429]
  await begin()
  expect(shown()).toEqual(['e-1'])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(shown()).toEqual(['e-1', 'e-1', 'e-1', 'e-1'])
  await vi.advanceTimersByTimeAsync(600_000)
  expect(shown()).toHaveLength(4)
})

test('a server that stays away is asked less and less often, and not for ever', async () => {
  answers = Array.from({ length: 100 }, () => 'lost')
  await begin()
  await vi.advanceTimersByTimeAsync(10_000)
  const soon = shown().length
  expect(soon).toBeGreaterThan(2)
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(shown().length).toBeGreaterThan(soon)
  expect(shown().length).toBeLessThan(12)
  expect(vi.getTimerCount()).toBe(0)
})

test('a newer report takes the place of one that waits', async () => {
  answers = ['lost']
  const reporter = await begin()
  reporter.state(showing('e-2'))
  await vi.advanceTimersByTimeAsync(600_000)
  expect(shown()).toEqual(['e-1', 'e-2'])
})

test('a new stream is told at once, under its own name only', async () => {
  answers = ['lost']
  const reporter = await begin()
  reporter.hello(hello('s2'))
  await vi.advanceTimersByTimeAsync(600_000)
  expect(sent.map(({ address }) => address.split('/').at(-2))).toEqual(['s1', 's2'])
})

test('what the server refuses for good is not sent again', async () => {
  answers = [404]
  await begin()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(shown()).toEqual(['e-1'])
})
