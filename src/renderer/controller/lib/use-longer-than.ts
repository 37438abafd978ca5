import { useEffect, useState } from 'react'

/** True once `condition` has held for `delay` milliseconds; false at once when it ends. */
export function useLongerThan(condition: boolean, delay: number): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!condition) return setLasting(false)
    const timer = setTimeout(() => setLasting(true), delay)
    return () => clearTimeout(timer)
  }, [condition, delay])
  return lasting && condition
}
