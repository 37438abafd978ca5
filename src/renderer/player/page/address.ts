import { parseRoomId } from '../../../shared/ids.ts'

/** What the page's address says. Everything but the room is optional and may be left to the room's settings. */
export interface PageAddress {
  /** Empty: the server's default room. Not checked here: the server answers an unknown room with its fallback. */
  room: string
}

/** Reads `/`, `/<room>` and `/<room>/history`. */
export function readAddress(location: Pick<Location, 'pathname' | 'search'>): PageAddress {
  const [first = ''] = location.pathname.split('/').filter(segment => segment !== '')
  let room = first
  try {
    room = decodeURIComponent(first)
  } catch {
    // A stray per cent sign: no room can have this name, and the server says so.
  }
  return { room: parseRoomId(room) ?? room }
}

/** The address of the room's own event stream. */
export function streamPath({ room }: PageAddress): string {
  return room === '' ? '/api/v1/events' : `/api/v1/rooms/${encodeURIComponent(room)}/events`
}
