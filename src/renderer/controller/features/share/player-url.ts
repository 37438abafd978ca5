/**
 * The address of a player.
 * @param base the server's, without a slash at the end; empty for a path
 * @param path the room, and what stands behind it; empty: the server's default room
 * @param options those that are empty are left out
 */
export function playerUrl(base: string, path: string, options: Record<string, string> = {}): string {
  const query = new URLSearchParams(Object.entries(options).filter(([, value]) => value !== '')).toString()
  return `${base}/${path}${query ? `?${query}` : ''}`
}
