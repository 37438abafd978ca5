/** What the audience sees of a line that is being typed. */
export interface Typed {
  speaker: string
  /** Empty: nothing. */
  text: string
}

export interface TypingReports {
  /** Something that decides what is shown has changed. */
  changed(): void
  /** Nobody types here any more. */
  stop(): void
}

export interface TypingReportOptions {
  /** What there is to show at the moment. */
  read(): Typed
  /** Resolves when the server has it, or it failed. */
  send(typed: Typed): Promise<{ ok: boolean }>
  /** @returns a function that cancels. */
  later(run: () => void, delay: number): () => void
}

/** Milliseconds between two reports. */
const INTERVAL = 200
/** Milliseconds until a report that failed is made again: what is over must not stay on the screen. */
const RETRY = 2_000

/** One report at a time, the newest wins: on a slow network none overtakes the one after it. */
export function createTypingReports({ read, send, later }: TypingReportOptions): TypingReports {
  let told: Typed = { speaker: '', text: '' }
  let sending = false
  let cancel: (() => void) | null = null
  let stopped = false

  function schedule(delay: number): void {
    cancel ??= later(() => {
      cancel = null
      void tell()
    }, delay)
  }

  async function tell(): Promise<void> {
    if (sending) return
    const typed = stopped ? { speaker: '', text: '' } : read()
    if (typed.text === told.text && (typed.text === '' || typed.speaker === told.speaker)) return
    sending = true
    const { ok } = await send(typed)
    sending = false
    if (ok) told = typed
    if (stopped) {
      if (ok) void tell()
    } else schedule(ok ? INTERVAL : RETRY)
  }

  return {
    changed: () => schedule(INTERVAL),
    stop() {
      stopped = true
      cancel?.()
      void tell()
    },
  }
}
