import { useCallback } from 'react'
import { useDesk } from './context.ts'
import { undoLast } from './undo-last.ts'

/** As {@link undoLast}, of this desk. */
export function useUndoLast(): () => Promise<void> {
  const desk = useDesk()
  return useCallback(() => undoLast({ ...desk, retract: id => desk.attempt(desk.retract(id)) }), [desk])
}
