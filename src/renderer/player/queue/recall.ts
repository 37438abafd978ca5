import type { HelloEvent } from '../../../shared/events.ts'
import { formatEventId, parseEventId } from '../../../shared/ids.ts'
import type { Message } from '../../../shared/message.ts'
import type { Entry } from './entry.ts'

/** Reads messages of the room's history before an id, newest first. */
export type ReadBefore = (id: string, limit: number) => Promise<Message[]>

/** The line that a page found on the screen, and what it was told of the screen with it. */
export interface Found {
  first: Entry
  /** As `hello` says: what was cleared away is not there again. */
  cleared: string | undefined
}

/** A line that was on the screen before. */
export interface Past {
  entry: Entry
  /** Epoch milliseconds at which the one behind it came. */
  until: number
}

/** What a page found on the screen when its first stream began; null where there was nothing. */
export function findOnScreen(hello: HelloEvent, first: Entry | undefined): Found | null {
  return hello.exists && first !== undefined ? { first, cleared: hello.stage.cleared } : null
}

/**
 * The lines that stood above the one that a page found, as far as the history knows: messages that were not cleared off
 * the screen, and the lines before it of its own message.
 * @param limit lines, at most
 * @param linesOf the lines of one message
 * @returns oldest first
 */
export async function recallBefore(
  { first, cleared }: Found,
  limit: number,
  read: ReadBefore,
  linesOf: (message: Message) => Entry[],
): Promise<Past[]> {
  const at = parseEventId(first.message)
  if (at === null) return []
  const end = cleared === undefined ? null : parseEventId(cleared)
  const isGone = ({ id }: Message) => {
    const seq = parseEventId(id)?.seq ?? 0
    return seq > at.seq || (end?.epoch === at.epoch && seq <= end.seq)
  }
  // The message itself is among them.
  const messages = await read(formatEventId({ ...at, seq: at.seq + 1 }), limit + 1)
  const lines = messages
    .filter(message => !isGone(message))
    .reverse()
    .flatMap(linesOf)
    .filter(({ message, index }) => message !== first.message || index < first.index)
  return lines.map((entry, index) => ({ entry, until: (lines[index + 1] ?? first).time })).slice(-limit)
}
