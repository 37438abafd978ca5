import { shownAt, type Timeline } from './timeline.ts'

/** Plays one timeline on animation frames. Between lines it asks for none. */
export interface Typewriter {
  /** Plays `timeline` from its beginning; `elapsed` ms of it have already passed. */
  start(timeline: Timeline, elapsed?: number): void
  /** To the end at once. */
  finish(): void
  stop(): void
}

export interface TypewriterTarget {
  /** `shown` cells are to be seen after `elapsed` ms; called at most once a frame. */
  show(shown: number, elapsed: number): void
  done(): void
}

export function createTypewriter({ show, done }: TypewriterTarget): Typewriter {
  let timeline: Timeline | null = null
  let startedAt = 0
  let frame = 0

  function step(now: number): void {
    if (timeline === null) return
    // A frame's time may lie before the moment in which the line was started.
    const elapsed = Math.max(0, now - startedAt)
    show(shownAt(timeline.cells, elapsed), elapsed)
    if (elapsed < timeline.end) {
      frame = requestAnimationFrame(step)
      return
    }
    timeline = null
    done()
  }

  function stop(): void {
    cancelAnimationFrame(frame)
    timeline = null
  }

  return {
    start(next, elapsed = 0) {
      stop()
      timeline = next
      const now = performance.now()
      startedAt = now - elapsed
      // The first glyph is painted with the very next frame.
      step(now)
    },
    finish() {
      if (timeline === null) return
      const last = timeline
      stop()
      show(last.cells.length, last.end)
      done()
    },
    stop,
  }
}
