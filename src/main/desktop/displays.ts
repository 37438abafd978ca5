import { type Display, screen } from 'electron'
import type { DisplayInfo } from '../../preload/bridge.ts'

/** The primary one first. */
export function listScreens(): Display[] {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(one => one.id !== primary.id)
  // The primary one is there also while a dock is changed and the list is empty.
  return [primary, ...others]
}

export function listDisplays(): DisplayInfo[] {
  return listScreens().map(({ id, label, size }, index) => ({
    id,
    label: label || `${size.width} × ${size.height}`,
    primary: index === 0,
  }))
}
