import { Frame, type Sink } from '../sse/index.ts'

const HEARTBEAT = Frame.comment('heartbeat')

/** A device's stream: the hub's signs of life go as the broker's heartbeat, at its own pace. */
export interface DeviceSink extends Sink {
  /** From now on frames go there; before, they are not written at all. */
  attach(stream: Sink): void
  /** When the last heartbeat went, by `performance.now()`: the clock may be set back. */
  readonly touchedAt: number
}

/** @param interval milliseconds between two heartbeats. */
export function createDeviceSink(interval: number): DeviceSink {
  let stream: Sink | undefined
  let touchedAt = performance.now()
  return {
    attach(to) {
      stream = to
    },
    write(frame) {
      if (frame.events.length > 0) {
        stream?.write(frame)
        return
      }
      // The hub asks more often than devices expect; a little early is better than an interval late.
      if (performance.now() - touchedAt < interval * 0.75) return
      touchedAt = performance.now()
      stream?.write(HEARTBEAT)
    },
    get touchedAt() {
      return touchedAt
    },
    get backlogBytes() {
      return stream?.backlogBytes ?? 0
    },
    drained: () => stream?.drained() ?? Promise.resolve(),
    end: () => stream?.end(),
  }
}
