/** Edits of a whole value that somebody else keeps. */
export interface SuccessiveEdits<Value> {
  /** How the keeper has it at the moment. */
  told(value: Value): void
  /** Sends the value as edited; an edit builds upon the one before, though what became of that is not known yet. */
  edit(change: (value: Value) => Value): Promise<void>
}

/** @param send resolves with whether the keeper has taken the value; that it rejects counts as refused */
export function createSuccessiveEdits<Value>(
  first: Value,
  send: (value: Value) => Promise<boolean>,
): SuccessiveEdits<Value> {
  let known = first
  let latest = first
  let underWay = 0
  /** Something was told while an edit was under way. */
  let news = false
  return {
    told(value) {
      known = value
      if (underWay === 0) latest = value
      else news = true
    },
    async edit(change) {
      latest = change(latest)
      underWay++
      let taken = false
      try {
        taken = await send(latest)
      } finally {
        underWay--
        // What was taken may be told only later.
        if (underWay === 0 && (news || !taken)) latest = known
        if (underWay === 0) news = false
      }
    },
  }
}
