import { useRef, useState } from 'react'

/**
 * For what a button or Enter begins and a request carries out: pressed again meanwhile, it is not begun a second time.
 * @returns whether it is under way, and the function that begins it
 */
export function useOnce(): [boolean, (work: () => Promise<void>) => Promise<void>] {
  const [busy, setBusy] = useState(false)
  const underWay = useRef(false)
  async function begin(work: () => Promise<void>): Promise<void> {
    if (underWay.current) return
    underWay.current = true
    setBusy(true)
    try {
      await work()
    } finally {
      underWay.current = false
      setBusy(false)
    }
  }
  return [busy, begin]
}
