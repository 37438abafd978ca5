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

/**
 * @param when `frame`: what the work changes is seen in the next frame. `after`: the next frame does not wait for the work; it is
 * done once that frame has been drawn.
 */
export function createFrameTask(work: () => void, when: 'frame' | 'after' = 'frame'): FrameTask {
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

  /** A task of its own, behind the drawing that this frame is about to do. */
  function runBehind(): void {
    clearTimeout(timer)
    timer = setTimeout(runNow)
  }

  return {
    request() {
      if (timer !== undefined) return
      frame = requestAnimationFrame(when === 'frame' ? runNow : runBehind)
      timer = setTimeout(runNow, WITHOUT_FRAMES)
    },
    runNow,
    cancel,
  }
}
