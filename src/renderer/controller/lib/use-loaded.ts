import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure, Result } from '../api/request.ts'

export interface Loaded<Value> {
  /** Null until it is there. */
  value: Value | null
  failure: Failure | null
  reload(): Promise<void>
  /** Changes what is there; nothing while nothing is. */
  update(change: (value: Value) => Value): void
}

/** Reads something once when its page opens. @param load stable; a new one reads anew. */
export function useLoaded<Value>(load: () => Promise<Result<Value>>): Loaded<Value> {
  const [value, set] = useState<Value | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  /** Counts the readings: what an earlier one finds is older, or of something else. */
  const latest = useRef(0)
  const reload = useCallback(async () => {
    const mine = ++latest.current
    const answer = await load()
    if (mine !== latest.current) return
    setFailure(answer.ok ? null : answer.failure)
    if (answer.ok) set(answer.value)
  }, [load])
  useEffect(() => void reload(), [reload])
  const update = (change: (value: Value) => Value) => set(before => (before === null ? null : change(before)))
  return { value, failure, reload, update }
}
