import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRecordCache } from './record-cache.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }))
afterEach(() => void vi.useRealTimers())

test('a clock that is set back keeps no record longer: another server may have revoked it', async () => {
  const load = vi.fn(async (key: string) => key)
  const cache = createRecordCache(load, 2_000)
  await cache.get('token')
  vi.setSystemTime(Date.now() - 3_600_000)
  vi.advanceTimersByTime(1_000)
  await cache.get('token')
  expect(load).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(1_001)
  await cache.get('token')
  expect(load).toHaveBeenCalledTimes(2)
})
