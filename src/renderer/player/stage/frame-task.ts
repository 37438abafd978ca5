/** Work that is done at most once a frame, and soon even where there are no frames. */
export interface FrameTask {
  /** The work is to be done. */
  request(): void
  /** Does what was requested, if anything was. */
  runNow(): void
  cancel(): void
}

/** Milliseconds after which a page without frames (hidden, or covered by another window) does the work all the same. */
const WITHOUT_FRAMES = 100

export function createFrameTask(work: () => void): FrameTask {
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function cancel(): void {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    timer = undefined
  }

  function runNow(): void {
    if (timer === undefined) return
    cancel()
    work()
  }

  return {
    request() {
      if (timer !== undefined) return
      frame = requestAnimationFrame(runNow)
      timer = setTimeout(runNow, WITHOUT_FRAMES)
    },
    runNow,
    cancel,
  }
}
