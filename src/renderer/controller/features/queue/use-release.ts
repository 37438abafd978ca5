import { useCallback } from 'react'
import { useDesk } from '../../desk/context.ts'

/** Sends the first held line, or the named one. It goes back to the front when the outbox is full. */
export function useRelease(): (key?: string) => void {
  const desk = useDesk()
  return useCallback(
    key => {
      const line = desk.held.take(key)
      if (line && !desk.say(line)) desk.held.putBack(line)
    },
    [desk],
  )
}
