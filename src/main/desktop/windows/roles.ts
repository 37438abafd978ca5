import { BrowserWindow, type WebContents } from 'electron'
import type { BridgeEvent, BridgeEvents, BridgeWindow } from '../../../preload/bridge.ts'

/** Which window is which, so that the bridge's door knows who asks and main can tell each what concerns it. */
export interface Roles {
  /** Of `overlay`, `id` is the overlay's. */
  add(window: BrowserWindow, role: BridgeWindow, id?: string): void
  of(contents: WebContents): { role: BridgeWindow; id: string } | undefined
  tell<Event extends BridgeEvent>(role: BridgeWindow, event: Event, detail: BridgeEvents[Event]): void
}

export function createRoles(): Roles {
  const roles = new Map<number, { role: BridgeWindow; id: string }>()
  return {
    add(window, role, id = '') {
      const contentsId = window.webContents.id
      roles.set(contentsId, { role, id })
      window.once('closed', () => roles.delete(contentsId))
    },
    of: contents => roles.get(contents.id),
    tell(role, event, detail) {
      for (const window of BrowserWindow.getAllWindows()) {
        // A window that is being closed may have lost its page already.
        if (window.isDestroyed() || window.webContents.isDestroyed()) continue
        if (roles.get(window.webContents.id)?.role === role) window.webContents.send('bridge', event, detail)
      }
    },
  }
}
