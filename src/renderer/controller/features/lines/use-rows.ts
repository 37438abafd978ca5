import { useMemo } from 'react'
import { useDeskStore } from '../../desk/context.ts'
import { lineState } from '../../desk/line-state.ts'
import { readableText } from '../../desk/message-text.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import type { Row } from './line-row.tsx'

/** Published lines and those on their way, oldest first. */
export function useRows(): Row[] {
  const say = useFailureWords()
  const messages = useDeskStore(
    d => d.transcript.store,
    s => s.messages,
  )
  const entries = useDeskStore(
    d => d.outbox.store,
    s => s.entries,
  )
  const players = useDeskStore(
    d => d.players.store,
    s => s.players,
  )
  return useMemo(() => {
    const published = messages.map<Row>(message => ({
      key: message.id,
      id: message.id,
      speaker: message.speaker,
      text: readableText(message.data),
      data: message.data,
      state: lineState(message, players),
      ...(message.label ? { label: message.label } : {}),
    }))
    const unsent = entries.map<Row>(entry => ({
      key: entry.key,
      id: null,
      speaker: entry.speaker,
      text: readableText(entry.data),
      data: entry.data,
      state: entry.state,
      ...(entry.state === 'refused' && entry.failure ? { problem: say(entry.failure) } : {}),
      ...(entry.label ? { label: entry.label } : {}),
    }))
    return [...published, ...unsent]
  }, [messages, entries, players, say])
}
