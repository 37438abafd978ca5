import type { ActionName } from '../../preload/desktop-settings.ts'
import type { Overlays } from './overlay/overlays.ts'
import type { RoomClient } from './room-client.ts'
import type { SettingsStore } from './settings/store.ts'

export type Actions = Record<ActionName, () => void>

export interface ActionsOptions {
  overlays: Overlays
  settings: SettingsStore
  room: RoomClient
  openController(): void
  toggleQuick(): void
}

/** What tray items, menu items and hotkeys do. Those on overlays are for all of them: over a game nobody picks one. */
export function createActions({
  overlays,
  settings,
  room,
  openController,
  toggleQuick,
}: ActionsOptions): Actions {
  const ids = () => overlays.list().map(one => one.id)
  return {
    'overlay.toggle': () => {
      const shown = !overlays.list().some(one => one.shown)
      for (const id of ids()) overlays.change(id, { shown })
    },
    'overlay.clickThrough': () => {
      const clickThrough = !overlays.list().every(one => one.clickThrough)
      for (const id of ids()) overlays.change(id, { clickThrough })
    },
    'overlay.edit': () => {
      const on = !overlays.list().some(one => one.editing)
      for (const id of ids()) overlays.edit(id, on)
    },
    'overlay.reset': () => {
      for (const id of ids()) overlays.reset(id)
    },
    'overlay.streamerOnly': () => void settings.patch({ streamerOnly: !settings.get().streamerOnly }),
    'line.next': () => void room.control('next'),
    'line.clear': () => void room.control('clear'),
    'quick.open': toggleQuick,
    'controller.open': openController,
  }
}
