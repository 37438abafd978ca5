import type { HelloEvent, MetaEvent } from '../../../shared/events.ts'
import { FIRST_EVENTS_ID } from '../../../shared/first-events.ts'

/** What the server sent along with the page; see {@link FIRST_EVENTS_ID}. */
export interface FirstEvents {
  hello: HelloEvent
  /** `hello` among them, in the order of the stream. */
  events: MetaEvent[]
}

/** @returns null where the server sent none: a room with a key, a server that was busy, a page of another server's. */
export function readFirstEvents(page: Pick<Document, 'getElementById'>): FirstEvents | null {
  try {
    const events = JSON.parse(page.getElementById(FIRST_EVENTS_ID)?.textContent ?? '[]') as MetaEvent[]
    const [hello] = events
    return hello?.type === 'hello' ? { hello, events } : null
  } catch {
    return null
  }
}
