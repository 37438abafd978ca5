import type { CommandLine } from 'electron'
import type { DesktopSettings } from '../../preload/desktop-settings.ts'

export type DisplayServer = 'x11' | 'wayland'

const FLAG = '--ozone-platform='

/** Chromium's switches that it still takes from the main script. */
export function setSwitches(commandLine: CommandLine, platform: NodeJS.Platform): void {
  // Hotkeys under Wayland go through the desktop's portal, where it has one.
  if (platform !== 'linux') return
  // A switch that is set anew takes the place of what the user gave.
  const given = commandLine.getSwitchValue('enable-features')
  commandLine.appendSwitch('enable-features', [given, 'GlobalShortcutsPortal'].filter(Boolean).join())
}

/** How windows are drawn; null where there is no choice. A switch given twice counts as its last. */
export function displayServerOf(
  argv: string[],
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): DisplayServer | null {
  if (platform !== 'linux') return null
  const flag = argv.findLast(one => one.startsWith(FLAG))?.slice(FLAG.length)
  if (flag !== undefined) return flag === 'wayland' ? 'wayland' : 'x11'
  return env.WAYLAND_DISPLAY || env.XDG_SESSION_TYPE === 'wayland' ? 'wayland' : 'x11'
}

/**
 * On Wayland itself a window can neither stay on top, nor let clicks through, nor choose its place: XWayland can. Chromium
 * picks one before any script runs, so the only way is to start again with the switch.
 *
 * @returns the arguments to start again with; undefined where all is well, where the user gave the switch, or where there is no
 * X server to go to
 */
export function argumentsForDisplayServer(
  argv: string[],
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  settings: DesktopSettings,
): string[] | undefined {
  const now = displayServerOf(argv, env, platform)
  const wanted = settings.general.displayServer
  if (now === null || now === wanted || argv.some(one => one.startsWith(FLAG))) return undefined
  const reachable = wanted === 'x11' ? env.DISPLAY : env.WAYLAND_DISPLAY
  return reachable ? [...argv.slice(1), `${FLAG}${wanted}`] : undefined
}
