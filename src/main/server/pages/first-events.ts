import { FIRST_EVENTS_ID } from '../../../shared/first-events.ts'

/** A page waits no longer for its first events, ms: without them it asks its stream. */
export const PATIENCE = 200
/** Characters; more than this would hold up the page that carries it. */
const MAX_LENGTH = 64 * 1024

/**
 * Puts a room's first events into its page.
 * @param html the built page.
 * @param events the data of each, JSON; null: nothing is told.
 */
export function withFirstEvents(html: string, events: readonly string[] | null): string {
  if (events === null) return html
  // Inside a script element `<` could end it, or begin a comment. The type is no script's: nothing of it runs.
  const json = `[${events.join(',')}]`.replaceAll('<', '\\u003c')
  if (json.length > MAX_LENGTH) return html
  const block = `<script type="application/json" id="${FIRST_EVENTS_ID}">${json}</script>\n  </body>`
  return html.replace('</body>', () => block)
}

/** @returns what `asked` gives; null where it takes too long, or fails. */
export async function inTime<Value>(asked: Promise<Value>, patience: number): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>(resolve => {
    timer = setTimeout(resolve, patience, null)
  })
  try {
    return await Promise.race([asked, late])
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
