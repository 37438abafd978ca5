import { DEFAULT_ROOM } from '../../../../shared/ids.ts'

/**
 * The address of a room's player. The default room has the shortest one there is.
 * @param base without a slash at the end; empty for a path.
 */
export function playerUrl(base: string, room: string, options: Record<string, string> = {}): string {
  const query = new URLSearchParams(Object.entries(options).filter(([, value]) => value !== '')).toString()
  return `${base}/${room === DEFAULT_ROOM ? '' : room}${query ? `?${query}` : ''}`
}
