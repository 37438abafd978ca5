import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOnce } from './once.ts'
import { createWatchdog } from './watchdog.ts'

describe('watchdog', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('calls after exactly the limit of silence, counted from the last sign of life', () => {
    const onSilence = vi.fn()
    const dog = createWatchdog(9000, onSilence)
    dog.start()
    vi.advanceTimersByTime(8000)
    dog.heard()
    vi.advanceTimersByTime(8999)
    expect(onSilence).not.toHaveBeenCalled()
    expect(dog.isSilent()).toBe(false)
    vi.advanceTimersByTime(1)
    expect(onSilence).toHaveBeenCalledTimes(1)
  })

  it('notices a sleep, in which timers stood still and the clock went on', () => {
    const onSilence = vi.fn()
    const dog = createWatchdog(9000, onSilence)
    dog.start()
    vi.setSystemTime(Date.now() + 60_000)
    expect(dog.isSilent()).toBe(true)
    vi.advanceTimersByTime(3000)
    expect(onSilence).toHaveBeenCalledTimes(1)
  })

  it('takes no clock that is set back for life without end', () => {
    const onSilence = vi.fn()
    const dog = createWatchdog(9000, onSilence)
    dog.start()
    vi.setSystemTime(Date.now() - 3_600_000)
    vi.advanceTimersByTime(13_000)
    expect(onSilence).toHaveBeenCalledTimes(1)
  })

  it('is still without a limit and once stopped, and takes a new limit at once', () => {
    const onSilence = vi.fn()
    const dog = createWatchdog(0, onSilence)
    dog.start()
    expect(vi.getTimerCount()).toBe(0)
    dog.limit = 1000
    vi.advanceTimersByTime(999)
    dog.stop()
    dog.limit = 10
    vi.advanceTimersByTime(100_000)
    expect(vi.getTimerCount()).toBe(0)
    expect(onSilence).not.toHaveBeenCalled()
    dog.start()
    vi.advanceTimersByTime(10)
    expect(onSilence).toHaveBeenCalledTimes(1)
  })
})

describe('once', () => {
  it('tells what is new among the last so many', () => {
    const isNew = createOnce(3)
    expect(['a', 'b', 'a', 'c', 'd', 'b', 'a', 'toString', '__proto__', '__proto__'].map(isNew)).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
      true,
      true,
      true,
      false,
    ])
  })
})
