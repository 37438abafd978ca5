/** When something was last used, written down now and then: a busy token must not cost a write for each message. */
export interface LastUse {
  note(id: string): void
  /** Writes what is waiting. */
  save(): Promise<void>
}

/** Milliseconds: how exact the time is. */
const STEP = 60_000
/** Milliseconds within which uses are written together. */
const SAVE_DELAY = 2_000

/** @param write sets the time of one record; trusts that a record which is gone is no error. */
export function createLastUse(write: (id: string, time: number) => Promise<unknown>): LastUse {
  const noted = new Map<string, number>()
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  async function save(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const ids = [...waiting]
    waiting.clear()
    for (const id of ids) await write(id, noted.get(id)!)
    // What would be noted anew need not be known: logins come and go for as long as the server runs.
    for (const [id, time] of noted) if (Date.now() - time >= STEP) noted.delete(id)
  }

  return {
    note(id) {
      const now = Date.now()
      if (now - (noted.get(id) ?? 0) < STEP) return
      noted.set(id, now)
      waiting.add(id)
      // Not worth a complaint: the next use is written again.
      timer ??= setTimeout(() => void save().catch(() => {}), SAVE_DELAY)
    },
    save,
  }
}
