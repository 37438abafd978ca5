import { useMemo } from 'react'
import { useDeskStore } from '../../desk/context.ts'
import { type Diagnosis, diagnose } from './diagnose.ts'

/** What is wrong with the open players, the worst first. */
export function useDiagnoses(): Diagnosis[] {
  const players = useDeskStore(
    d => d.players.store,
    s => s.players,
  )
  const messages = useDeskStore(
    d => d.transcript.store,
    s => s.messages,
  )
  return useMemo(() => {
    const times = new Map(messages.map(({ id, time }) => [id, time]))
    const audience = players.filter(player => player.place !== 'preview')
    return diagnose(audience, id => times.get(id), messages.at(-1)?.time ?? 0)
  }, [players, messages])
}
