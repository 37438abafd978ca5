import { BrowserWindow } from 'electron'
import type { Overlays } from '../overlay/overlays.ts'
import type { Roles } from './roles.ts'

/** Chromium's zoom levels are powers of 1.2; Electron's own menu goes by halves of one. */
const LEVEL_STEP = 0.5

/**
 * The menu's zoom, for the window that has the keyboard. An overlay's is kept in the settings: Chromium's own would be gone with its window,
 * and the settings page would show another.
 *
 * @param step 0: as designed
 */
export function zoomFocused(step: 1 | 0 | -1, roles: Roles, overlays: Overlays): void {
  const contents = BrowserWindow.getFocusedWindow()?.webContents
  const known = contents && roles.of(contents)
  if (known?.role === 'controller')
    contents?.setZoomLevel(step === 0 ? 0 : contents.getZoomLevel() + step * LEVEL_STEP)
  if (known?.role !== 'overlay') return
  if (step === 0) overlays.change(known.id, { zoom: 1 })
  else overlays.adjust(known.id, 'zoom', step)
}
