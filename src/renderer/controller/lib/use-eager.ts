import { useRef, useState } from 'react'

/**
 * Shows a change at once that somebody else still has to carry out, so that a slider follows the hand.
 * @param value as it is there; what was changed here lies over it until the answer to the latest change
 * @param send resolves when the change is carried out or refused
 */
export function useEager<Value extends object>(
  value: Value,
  send: (change: Partial<Value>) => Promise<unknown>,
): [Value, (change: Partial<Value>) => void] {
  const [pending, setPending] = useState<Partial<Value>>({})
  const latest = useRef(0)
  function change(part: Partial<Value>): void {
    const mine = ++latest.current
    setPending(before => ({ ...before, ...part }))
    const done = () => {
      if (latest.current === mine) setPending({})
    }
    // Carried out, refused or failed: what is there is shown again.
    void send(part).then(done, done)
  }
  return [{ ...value, ...pending }, change]
}
