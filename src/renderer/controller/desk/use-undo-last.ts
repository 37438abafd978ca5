import { useCallback } from 'react'
import { useDesk } from './context.ts'

/** Takes back the last line: one that still waits is never sent, one that is published is retracted. */
export function useUndoLast(): () => Promise<void> {
  const desk = useDesk()
  return useCallback(async () => {
    const unsent = desk.outbox.store.getState().entries.findLast(entry => entry.state !== 'sending')
    if (unsent) {
      desk.outbox.remove(unsent.key)
      return
    }
    const last = desk.transcript.store.getState().messages.at(-1)
    if (last) await desk.retract(last.id)
  }, [desk])
}
