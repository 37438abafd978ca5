import { useCallback, useEffect, useRef, useState } from 'react'
import type { Message } from '../../../../shared/message.ts'
import { listMessages } from '../../api/messages.ts'
import type { Failure } from '../../api/request.ts'
import { useDesk } from '../../desk/context.ts'
import { begun, NO_LINES, withEvent, without, withPage } from './history-lines.ts'

/** Messages of one page; the most that the server gives at a time. */
const PAGE = 100
const LARGEST_PAGE = 500
/** Milliseconds after the last letter before the search begins. */
const PAUSE = 200

export interface HistoryModel {
  /** Newest first. */
  messages: readonly Message[]
  busy: boolean
  failure: Failure | null
  hasOlder: boolean
  loadOlder(): void
  reload(): void
  remove(id: string): void
}

/** The stored lines of the room that match, and what comes in live while there is no search. */
export function useHistory(search: string): HistoryModel {
  const desk = useDesk()
  const [lines, setLines] = useState(NO_LINES)
  const [next, setNext] = useState<string | null>(null)
  const [busy, setBusy] = useState(true)
  const [failure, setFailure] = useState<Failure | null>(null)

  /** Counts the lists begun: a page that was asked for an earlier one belongs to no list any more. */
  const list = useRef(0)
  const shown = useRef(0)
  shown.current = lines.messages.length

  const load = useCallback(
    async (before: string | null, limit = PAGE) => {
      const asked = before ? list.current : ++list.current
      setBusy(true)
      if (!before) setLines(begun)
      const page = await listMessages(desk.request, desk.roomId, {
        limit,
        ...(before ? { before } : {}),
        ...(search ? { search } : {}),
      })
      if (asked !== list.current) return
      setBusy(false)
      setFailure(page.ok ? null : page.failure)
      if (!page.ok) return
      setLines(known => withPage(known, page.value.messages, before === null))
      setNext(page.value.next)
    },
    [desk, search],
  )

  useEffect(() => {
    const timer = setTimeout(() => void load(null), search ? PAUSE : 0)
    return () => {
      list.current++
      clearTimeout(timer)
    }
  }, [load, search])

  // A stream that comes back tells what was missed. One that begins anew has a snapshot: what was said meanwhile is in the history only.
  useEffect(() => {
    let introduced = false
    const unsubscribe = desk.listen(event => {
      if (!introduced || event.name !== 'meta' || event.data.type !== 'hello') return
      if (!event.data.reset && !event.data.snapshot) return
      // As many as stand there, so that who reads far back stays where they are.
      void load(null, Math.min(Math.max(PAGE, shown.current), LARGEST_PAGE))
    })
    introduced = true
    return unsubscribe
  }, [desk, load])

  useEffect(
    () => desk.listen(event => setLines(known => withEvent(known, event, search === ''))),
    [desk, search],
  )

  return {
    messages: lines.messages,
    busy,
    failure,
    hasOlder: next !== null,
    loadOlder: () => void load(next),
    reload: () => void load(null),
    remove: id => setLines(known => without(known, id)),
  }
}
