import { useEffect, useRef } from 'react'
import { desktopBridge } from './bridge.ts'

/**
 * For a field that waits for the keys of a hotkey: the desktop app holds those that are hotkeys already, and the page would never
 * see them, so it lets go of them meanwhile.
 */
export function useHotkeyField() {
  const waits = useRef(false)
  const wait = (on: boolean) => {
    waits.current = on
    void desktopBridge()?.call('shortcuts.pause', { on })
  }
  useEffect(
    () => () => {
      if (waits.current) void desktopBridge()?.call('shortcuts.pause', { on: false })
    },
    [],
  )
  return { onFocus: () => wait(true), onBlur: () => wait(false) }
}
