import type { DesktopBridge, NamesFor } from '../../../preload/bridge.ts'

type ControllerBridge = DesktopBridge<NamesFor<'controller'>>

declare global {
  interface Window {
    desktop?: ControllerBridge
  }
}

/** The desktop app around this page; undefined in a browser. */
export const desktopBridge = (): ControllerBridge | undefined => window.desktop
