import type { StreamPage } from '../../../shared/stream.ts'

/** What a page asks of the server: a {@link StreamPage} before the defaults are filled in. */
export type PageRequest = Pick<StreamPage, 'page' | 'room'> & Partial<StreamPage>

/** A page's random name. On a LAN address there is no `crypto.randomUUID`. */
export function createPageName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, byte => byte.toString(36).padStart(2, '0')).join('')
}

export function createPageRequest(
  { room, label, key }: { room: string; label: string; key: string | undefined },
  place: StreamPage['place'],
): PageRequest {
  return {
    page: createPageName(),
    room,
    label,
    place,
    // Whatever was pressed while the page was away takes place on it too, at its turn.
    controls: 'replay',
    ...(key !== undefined && { key }),
  }
}
