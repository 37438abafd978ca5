import type { Saved } from '../queue/inbox.ts'

/** Keeps where this page is, over reloads of the same tab or source; see {@link Saved}. */
export interface Session {
  load(): Saved | null
  save(saved: Saved | null): void
}

/** Storage may be forbidden or full: then a reload begins with the server's snapshot. */
export function createSession(key: string): Session {
  return {
    load() {
      try {
        const saved = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Saved | null
        return saved !== null && typeof saved.position === 'string' ? saved : null
      } catch {
        return null
      }
    },
    save(saved) {
      try {
        // What is old must not stay where the new finds no room: its lines would be typed again.
        sessionStorage.removeItem(key)
        if (saved !== null) sessionStorage.setItem(key, JSON.stringify(saved))
      } catch {
        // As above.
      }
    },
  }
}
