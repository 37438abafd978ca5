import type { PageFrame } from '../../../shared/events.ts'

/** One event as it goes on the wire. WHATWG HTML, section 9.2.6 "Interpreting an event stream". */
export interface StreamEvent {
  /** Absent: `message`. */
  event?: string
  id?: string
  data: string
}

const BREAKS_A_FIELD = /[\r\n\0]/
const LINE_END = /\r\n|\r|\n/g

/**
 * @returns the event's lines, closed by the empty one. Any text survives as data: each of its lines becomes a
 * `data:` line (a client joins them with LF, so CR and CRLF arrive as LF, as the standard has it).
 * @throws TypeError for a name or an id with CR, LF or NUL: they would forge a field.
 */
export function encodeEvent({ event, id, data }: StreamEvent): string {
  let text = ''
  if (id !== undefined) text += `id: ${fieldValue('id', id)}\n`
  if (event !== undefined && event !== 'message') text += `event: ${fieldValue('event', event)}\n`
  // JSON has no raw line break, so the common case is one line.
  const body = LINE_END.test(data) ? data.replace(LINE_END, '\ndata: ') : data
  LINE_END.lastIndex = 0
  return `${text}data: ${body}\n\n`
}

function fieldValue(field: string, value: string): string {
  if (BREAKS_A_FIELD.test(value)) throw new TypeError(`an event's ${field} may not hold CR, LF or NUL`)
  return value
}

/** @returns a comment line, which clients ignore; it keeps the connection alive. */
export function encodeComment(text: string): string {
  return `:${text.replace(LINE_END, ' ')}\n\n`
}

export function encodeRetry(milliseconds: number): string {
  return `retry: ${milliseconds}\n\n`
}

/** @returns the event wrapped for one page of a shared stream (see `openStreamInput` in the contract). */
export function encodePageEvent(page: string, { event, id, data }: StreamEvent): string {
  const frame: PageFrame = { event: event ?? 'message', data }
  if (id !== undefined) frame.id = id
  return `event: page\ndata: ${page}\ndata: ${JSON.stringify(frame)}\n\n`
}
