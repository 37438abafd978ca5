/** A room id as a person may type it: letters and digits, at most 32. */
const ROOM_ID = /^[a-zA-Z0-9]{1,32}$/

/** The room of the seed's routes and of the page at `/`, until the owner picks another. */
export const DEFAULT_ROOM = 'lobby'

/**
 * First path segments that pages, the API and the broker use. A room of that name could never be opened
 * at `/<room>`, so creating one is refused.
 */
export const RESERVED_ROOM_IDS: ReadonlySet<string> = new Set([
  'admin',
  'api',
  'app',
  'assets',
  'broker',
  'docs',
  'events',
  'favicon',
  'healthz',
  'history',
  'info',
  'kick',
  'loader',
  'manifest',
  'metrics',
  'openapi',
  'player',
  'quick',
  'readyz',
  'robots',
  'send',
  'setup',
  'static',
  'themes',
  'token',
])

/** @returns the id in its stored form (lower case), or null where it is no valid room id. */
export function parseRoomId(text: string): string | null {
  // Tested before it is lowered: U+212A (the Kelvin sign) would come out as a plain k.
  return ROOM_ID.test(text) ? text.toLowerCase() : null
}

/** Where an event stands in its room's history. `seq` counts up by one; `epoch` changes only when the history was lost. */
export interface EventPosition {
  epoch: string
  seq: number
}

const EVENT_ID = /^([a-z0-9]{1,16})-(\d{1,15})$/

export function formatEventId({ epoch, seq }: EventPosition): string {
  return `${epoch}-${seq}`
}

/** @returns null for anything that this server cannot have sent. */
export function parseEventId(text: string): EventPosition | null {
  const match = EVENT_ID.exec(text)
  return match ? { epoch: match[1]!, seq: Number(match[2]) } : null
}
