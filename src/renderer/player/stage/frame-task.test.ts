import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFrameTask } from './frame-task.ts'

let frames: (() => void)[] = []
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  frames = []
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run))
  vi.stubGlobal('cancelAnimationFrame', (id: number) => {
    frames[id - 1] = () => {}
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function drawFrame(): void {
  for (const run of frames.splice(0)) run()
}

test('work of a frame is done in it, once', () => {
  const work = vi.fn()
  const task = createFrameTask(work)
  task.request()
  task.request()
  drawFrame()
  expect(work).toHaveBeenCalledTimes(1)
  vi.runAllTimers()
  expect(work).toHaveBeenCalledTimes(1)
})

test('work behind a frame does not hold it up', () => {
  const work = vi.fn()
  const task = createFrameTask(work, 'after')
  task.request()
  drawFrame()
  expect(work).not.toHaveBeenCalled()
  vi.advanceTimersByTime(0)
  expect(work).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})

test.each(['frame', 'after'] as const)('without frames the work is done all the same: %s', when => {
  const work = vi.fn()
  createFrameTask(work, when).request()
  vi.runAllTimers()
  expect(work).toHaveBeenCalledTimes(1)
})

test.each(['frame', 'after'] as const)('what is cancelled is not done, at whatever moment: %s', when => {
  const work = vi.fn()
  const task = createFrameTask(work, when)
  task.request()
  task.cancel()
  drawFrame()
  task.request()
  if (when === 'after') drawFrame()
  task.cancel()
  vi.runAllTimers()
  drawFrame()
  task.runNow()
  expect(work).not.toHaveBeenCalled()
})
