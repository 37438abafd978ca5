import { MAX_TIMER } from './platform.ts'

/** Notices that a server has fallen silent. */
export interface Watchdog {
  /** Longest silence in ms; 0 for no limit. */
  limit: number
  /** From now on, until `stop`, calls back once nothing was heard for too long. */
  start(): void
  stop(): void
  heard(): void
  /** Whether it is too long already, which timers may not have told yet: they stand still while a machine sleeps. */
  isSilent(): boolean
}

export function createWatchdog(limit: number, onSilence: () => void): Watchdog {
  let timer: ReturnType<typeof setTimeout> | undefined
  let watching = false
  /** By the wall clock, which goes on during sleep. */
  let heardAt = 0

  const heard = () => {
    heardAt = Date.now()
  }

  function left(): number {
    // A clock may be set back.
    if (heardAt > Date.now()) heard()
    return watching && limit > 0 ? heardAt + limit - Date.now() : MAX_TIMER
  }

  /** In steps, so that a sleep is noticed soon after it. */
  function watch(): void {
    clearTimeout(timer)
    const ms = left()
    if (ms <= 0) onSilence()
    else if (ms < MAX_TIMER) timer = setTimeout(watch, Math.min(ms, Math.ceil(limit / 3)))
  }

  return {
    get limit() {
      return limit
    },
    set limit(ms) {
      limit = ms
      watch()
    },
    start() {
      watching = true
      heard()
      watch()
    },
    stop() {
      watching = false
      clearTimeout(timer)
    },
    heard,
    isSilent: () => left() <= 0,
  }
}
