import { screen } from 'electron'
import { listDisplays } from '../displays.ts'
import type { Notices } from '../notices.ts'
import type { Obs } from '../obs/obs.ts'
import type { Overlays } from '../overlay/overlays.ts'
import type { ServerLife } from '../server-life.ts'
import type { SettingsStore } from '../settings/store.ts'
import type { Shortcuts } from '../shortcuts/shortcuts.ts'
import type { Updates } from '../updates.ts'
import type { Roles } from '../windows/roles.ts'

export interface Told {
  roles: Roles
  settings: SettingsStore
  server: ServerLife
  overlays: Overlays
  shortcuts: Shortcuts
  notices: Notices
  obs: Obs
  updates: Updates
}

/** Every change that the controller shows reaches it at once. */
export function tellPages({
  roles,
  settings,
  server,
  overlays,
  shortcuts,
  notices,
  obs,
  updates,
}: Told): void {
  settings.follow(now => roles.tell('controller', 'settings', now))
  server.follow(now => roles.tell('controller', 'server', now))
  overlays.follow(now => roles.tell('controller', 'overlays', now))
  shortcuts.follow(now => roles.tell('controller', 'shortcuts', now))
  notices.follow(now => roles.tell('controller', 'notices', now))
  obs.follow(now => roles.tell('controller', 'obs', now))
  updates.follow(now => roles.tell('controller', 'updates', now))
  const displays = () => roles.tell('controller', 'displays', listDisplays())
  screen.on('display-added', displays)
  screen.on('display-removed', displays)
  // Another resolution, or another that is the primary one.
  screen.on('display-metrics-changed', displays)
}
