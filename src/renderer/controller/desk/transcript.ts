import { createStore, type StoreApi } from 'zustand/vanilla'
import { parseEventId } from '../../../shared/ids.ts'
import type { Message } from '../../../shared/message.ts'
import { furtherOf, withDelta } from './message-growth.ts'
import type { RoomEvent } from './room-stream.ts'

/** Messages kept for the list of sent lines; older ones are in the history. */
const KEPT = 300

export interface TranscriptState {
  /** Oldest first. */
  messages: Message[]
  /** True once the newest page of the history is in. */
  loaded: boolean
}

export interface Transcript {
  store: StoreApi<TranscriptState>
  handle(event: RoomEvent): void
  /** Adds a page of the history (any order); what the stream brought meanwhile stays. */
  merge(messages: Message[]): void
  /** Adds one message that was heard of otherwise than by the stream. */
  add(message: Message): void
  remove(id: string): void
}

/** Epochs differ only when the history was lost; a message of a new one comes after all of the old. */
export function compareIds(a: string, b: string): number {
  const left = parseEventId(a)
  const right = parseEventId(b)
  if (!left || !right || left.epoch !== right.epoch) return 0
  return left.seq - right.seq
}

/** Of one epoch, and no newer. */
export function isUpTo(id: string, newest: string): boolean {
  const [left, right] = [parseEventId(id), parseEventId(newest)]
  return left !== null && left.epoch === right?.epoch && left.seq <= right.seq
}

/** The newest messages of the room, as the stream tells them. */
export function createTranscript(): Transcript {
  const store = createStore<TranscriptState>()(() => ({ messages: [], loaded: false }))
  const update = (change: (messages: Message[]) => Message[]) =>
    store.setState(({ messages }) => ({ messages: change(messages).slice(-KEPT) }))

  /** Taken back since the page was opened: a page of the history that was read before still has them. */
  const retracted = new Set<string>()
  /** The newest message when all were; empty: never. */
  let clearedUpTo = ''
  /** The room's newest message when the stream began. */
  let lastAtStart = ''

  function insert(message: Message): void {
    update(messages => {
      const at = messages.findIndex(other => other.id === message.id)
      if (at >= 0) return messages.with(at, message)
      const sorted = [...messages, message]
      const previous = messages.at(-1)
      return previous && compareIds(message.id, previous.id) < 0
        ? sorted.sort((a, b) => compareIds(a.id, b.id))
        : sorted
    })
  }

  return {
    store,
    handle(event) {
      if (event.name === 'message') insert(event.data)
      else if (event.name === 'delta')
        update(messages => messages.map(message => withDelta(message, event.data)))
      else if (event.name === 'retract') {
        if (event.data.all) clearedUpTo = store.getState().messages.at(-1)?.id ?? (clearedUpTo || lastAtStart)
        else if (event.data.message !== null) retracted.add(event.data.message)
        update(messages =>
          event.data.all ? [] : messages.filter(message => message.id !== event.data.message),
        )
      } else if (event.name === 'meta' && event.data.type === 'hello') {
        lastAtStart = event.data.last
        if (event.data.reset) update(() => [])
      }
    },
    merge(page) {
      const known = new Map(store.getState().messages.map(message => [message.id, message]))
      const isGone = ({ id }: Message) => retracted.has(id) || isUpTo(id, clearedUpTo)
      for (const message of page.toSorted((a, b) => compareIds(a.id, b.id)))
        if (!isGone(message)) insert(furtherOf(known.get(message.id), message))
      store.setState({ loaded: true })
    },
    add: insert,
    remove: id => update(messages => messages.filter(message => message.id !== id)),
  }
}
