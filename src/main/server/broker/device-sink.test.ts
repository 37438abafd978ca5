import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Frame } from '../sse/index.ts'
import { createDeviceSink } from './device-sink.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }))
afterEach(() => void vi.useRealTimers())

test('a device gets its heartbeats though the clock is set back', () => {
  const sink = createDeviceSink(10_000)
  const write = vi.fn()
  sink.attach({ write, backlogBytes: 0, drained: () => Promise.resolve(), end() {} })
  const sign = Frame.comment('')
  vi.setSystemTime(Date.now() - 3_600_000)
  vi.advanceTimersByTime(5_000)
  sink.write(sign)
  expect(write).not.toHaveBeenCalled()
  vi.advanceTimersByTime(5_000)
  sink.write(sign)
  expect(write).toHaveBeenCalledOnce()
})
