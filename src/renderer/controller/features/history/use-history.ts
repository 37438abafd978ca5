import { useCallback, useEffect, useRef, useState } from 'react'
import type { Message } from '../../../../shared/message.ts'
import { listMessages } from '../../api/messages.ts'
import type { Failure } from '../../api/request.ts'
import { useDesk } from '../../desk/context.ts'

/** Messages of one page. */
const PAGE = 100
/** Milliseconds after the last letter before the search begins. */
const PAUSE = 200

export interface HistoryModel {
  /** Newest first. */
  messages: Message[]
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
  const [messages, setMessages] = useState<Message[]>([])
  const [next, setNext] = useState<string | null>(null)
  const [busy, setBusy] = useState(true)
  const [failure, setFailure] = useState<Failure | null>(null)

  /** Counts the lists begun: a page that was asked for an earlier one belongs to no list any more. */
  const list = useRef(0)

  const load = useCallback(
    async (before: string | null) => {
      const asked = before ? list.current : ++list.current
      setBusy(true)
      const page = await listMessages(desk.request, desk.roomId, {
        limit: PAGE,
        ...(before ? { before } : {}),
        ...(search ? { search } : {}),
      })
      if (asked !== list.current) return
      setBusy(false)
      setFailure(page.ok ? null : page.failure)
      if (!page.ok) return
      setMessages(known => (before ? [...known, ...page.value.messages] : page.value.messages))
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

  // The stream says hello again when it is back: what was said meanwhile is in the history only.
  useEffect(() => {
    let introduced = false
    const unsubscribe = desk.listen(event => {
      if (introduced && event.name === 'meta' && event.data.type === 'hello') void load(null)
    })
    introduced = true
    return unsubscribe
  }, [desk, load])

  useEffect(
    () =>
      desk.listen(event => {
        if (event.name === 'retract') {
          const { all, message } = event.data
          setMessages(known => (all ? [] : known.filter(one => one.id !== message)))
        } else if (event.name === 'message' && search === '') {
          setMessages(known => (known.some(one => one.id === event.data.id) ? known : [event.data, ...known]))
        }
      }),
    [desk, search],
  )

  return {
    messages,
    busy,
    failure,
    hasOlder: next !== null,
    loadOlder: () => void load(next),
    reload: () => void load(null),
    remove: id => setMessages(known => known.filter(one => one.id !== id)),
  }
}
