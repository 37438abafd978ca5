import type { Message } from '../../../../shared/message.ts'
import { furtherOf, withDelta } from '../../desk/message-growth.ts'
import type { RoomEvent } from '../../desk/room-stream.ts'

/** A list of stored lines: pages as they are read, and what the stream tells while they are on their way. */
export interface HistoryLines {
  /** Newest first. */
  messages: readonly Message[]
  /** Since the list was begun: ids of those that came, and of those that were taken back. */
  came: ReadonlySet<string>
  gone: ReadonlySet<string>
  /** The history was emptied since then. */
  emptied: boolean
}

export const NO_LINES: HistoryLines = { messages: [], came: new Set(), gone: new Set(), emptied: false }

/** Its first page is asked for: what stands there stays until that has come. */
export function begun({ messages }: HistoryLines): HistoryLines {
  return { ...NO_LINES, messages }
}

/** A page was read before what the stream has told meanwhile: it brings back nothing and takes away nothing. */
export function withPage(lines: HistoryLines, page: readonly Message[], isFirst: boolean): HistoryLines {
  const known = new Map(lines.messages.map(message => [message.id, message]))
  const read = lines.emptied ? [] : page.filter(({ id }) => !lines.gone.has(id))
  if (!isFirst) return { ...lines, messages: [...lines.messages, ...read.filter(({ id }) => !known.has(id))] }
  const ids = new Set(read.map(({ id }) => id))
  const came = lines.messages.filter(({ id }) => lines.came.has(id) && !ids.has(id))
  return { ...lines, messages: [...came, ...read.map(message => furtherOf(known.get(message.id), message))] }
}

/** @param takesNew false for a search: whether a new line matches, only the server knows */
export function withEvent(lines: HistoryLines, event: RoomEvent, takesNew: boolean): HistoryLines {
  const { messages, came, gone } = lines
  if (event.name === 'message') {
    const message = event.data
    if (!takesNew || messages.some(({ id }) => id === message.id)) return lines
    return { ...lines, messages: [message, ...messages], came: new Set([...came, message.id]) }
  }
  if (event.name === 'delta') return { ...lines, messages: messages.map(one => withDelta(one, event.data)) }
  if (event.name !== 'retract') return lines
  if (event.data.all) return { ...NO_LINES, emptied: true }
  return without({ ...lines, gone: new Set([...gone, event.data.message]) }, event.data.message)
}

/** It was taken back here: the stream will tell of it too. */
export function without(lines: HistoryLines, id: string): HistoryLines {
  return { ...lines, messages: lines.messages.filter(message => message.id !== id) }
}
