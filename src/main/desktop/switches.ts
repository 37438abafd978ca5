import type { CommandLine } from 'electron'
import type { DesktopSettings } from '../../preload/desktop-settings.ts'

/** Chromium's switches: they must be set before Electron is ready. */
export function setSwitches(
  commandLine: CommandLine,
  platform: NodeJS.Platform,
  settings: DesktopSettings,
): void {
  if (platform !== 'linux') return
  // On Wayland a window can neither stay on top, nor let clicks through, nor choose its place: XWayland can.
  if (!commandLine.hasSwitch('ozone-platform')) {
    commandLine.appendSwitch('ozone-platform', settings.general.displayServer)
  }
  // Hotkeys under Wayland go through the desktop's portal, where it has one.
  commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal')
}

/** How windows are drawn in fact; null where there is no choice. */
export function displayServerOf(
  commandLine: CommandLine,
  platform: NodeJS.Platform,
): 'x11' | 'wayland' | null {
  if (platform !== 'linux') return null
  return commandLine.getSwitchValue('ozone-platform') === 'wayland' ? 'wayland' : 'x11'
}
