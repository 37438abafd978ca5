import type { MetaEvent } from '../../../shared/events.ts'
import type { Bus } from '../backplane/bus.ts'
import type { Route } from '../http/route.ts'
import type { ServerLimits } from '../limits/index.ts'
import { Frame, type Hub } from '../sse/index.ts'
import type { Database } from '../store/index.ts'
import { readBuiltInThemes } from './built-in.ts'
import { themeRoutes } from './routes.ts'
import { createThemes } from './themes.ts'

/** Themes of the app, from files, and those that were made or imported, from the store. */
export function createThemeFeature(parts: {
  db: Database
  hub: Hub
  bus: Bus
  limits: ServerLimits['uploads']
  pagesDir: string
}): {
  routes: Route[]
} {
  const { db, hub, bus, limits, pagesDir } = parts

  /** Every player is told; those that wear it load it anew. */
  function announce(id: string, version: number): void {
    const event: MetaEvent = { type: 'theme', id, version }
    const frame = Frame.of({ event: 'meta', data: JSON.stringify(event) })
    for (const room of hub.rooms()) hub.deliver(room, { frame, from: null, to: null })
  }

  bus.on('theme', ({ id, version }) => announce(String(id), Number(version)))
  const themes = createThemes({
    db,
    limits,
    builtIn: readBuiltInThemes(pagesDir),
    changed(id, version) {
      announce(id, version)
      bus.tell('theme', { id, version })
    },
  })
  return { routes: themeRoutes(themes) }
}
