/** The player's page for a room, as a source of OBS or an overlay loads it. */
export interface PlayerAddress {
  origin: string
  room: string
  layout?: string
  /** How the controller names this player. */
  label?: string
  /** For a room that is not open to everybody. */
  watchKey?: string | null
}

export function playerAddress({ origin, room, layout, label, watchKey }: PlayerAddress): string {
  const url = new URL(`/${room}`, origin)
  if (label) url.searchParams.set('label', label)
  if (layout) url.searchParams.set('layout', layout)
  if (watchKey) url.searchParams.set('key', watchKey)
  return url.href
}
