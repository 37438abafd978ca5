import { type Display, screen } from 'electron'
import type { DisplayInfo } from '../../preload/bridge.ts'

/** The primary one first. */
export function listScreens(): Display[] {
  const primary = screen.getPrimaryDisplay().id
  return [...screen.getAllDisplays()].sort((a, b) => Number(b.id === primary) - Number(a.id === primary))
}

export function listDisplays(): DisplayInfo[] {
  return listScreens().map(({ id, label, size }, index) => ({
    id,
    label: label || `${size.width} × ${size.height}`,
    primary: index === 0,
  }))
}
