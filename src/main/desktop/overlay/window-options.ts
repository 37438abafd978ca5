import type { BrowserWindowConstructorOptions } from 'electron'
import type { OverlaySettings } from '../../../preload/desktop-settings.ts'
import type { OverlayView } from './overlay-window.ts'

export const GROUND_COLOURS = {
  transparent: '#00000000',
  green: '#00ff00',
  magenta: '#ff00ff',
  black: '#000000',
} satisfies Record<OverlaySettings['ground'], string>

/**
 * A window over a game. A macOS panel floats over full-screen apps and takes the keyboard without its app coming to the front;
 * `setVisibleOnAllWorkspaces` alone would have to take the app's Dock icon away for that.
 */
export function overGames(platform: NodeJS.Platform): BrowserWindowConstructorOptions {
  return {
    show: false,
    frame: false,
    transparent: true,
    hasShadow: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    ...(platform === 'darwin' && { type: 'panel' }),
  }
}

/** What an overlay's window is made with. */
export function overlayWindowOptions(
  { settings, bounds, editing }: OverlayView,
  platform: NodeJS.Platform,
  preload: string,
): BrowserWindowConstructorOptions {
  return {
    ...overGames(platform),
    ...bounds,
    backgroundColor: GROUND_COLOURS[settings.ground],
    // A key colour must reach the corners.
    roundedCorners: false,
    // Moved and resized by our own frame: a native border would break transparency.
    resizable: false,
    movable: false,
    thickFrame: false,
    // In play mode the keyboard stays with the game.
    focusable: editing,
    acceptFirstMouse: true,
    title: titleOf(settings),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // The player is the page that may load what strangers made: nothing of the controller's session reaches it.
      // Each overlay's own, as a profile has one zoom for a host.
      partition: `overlay-${settings.id}`,
      // A window under a game counts as hidden; the typewriter must go on.
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
      spellcheck: false,
    },
  }
}

/** What a window list and OBS's window capture show. */
export function titleOf({ name, room }: OverlaySettings): string {
  return `Streaming Message · ${name || room}`
}
