import { BrowserWindow, screen } from 'electron'
import type { BridgeEvents } from '../../../preload/bridge.ts'
import { confine, refuseRequests } from '../links.ts'
import { bringInside } from '../overlay/place.ts'
import { overGames } from '../overlay/window-options.ts'
import { loadPatiently, reviveWhenGone } from './recovery.ts'
import type { Roles } from './roles.ts'

export interface QuickWindow {
  /** Over the game, with the keyboard in it; pressed again, it goes. */
  toggle(): void
  close(): void
  reload(): void
}

export interface QuickOptions {
  origin(): string
  preload: string
  platform: NodeJS.Platform
  roles: Roles
  context(): BridgeEvents['quick']
  onGone(reason: string): void
}

const SIZE = { width: 640, height: 72 }

/**
 * A single line to type into over the game. It is made once and kept hidden, so that the hotkey shows it within a frame and an
 * input method keeps its state.
 */
export function createQuickWindow(options: QuickOptions): QuickWindow {
  let window: BrowserWindow | undefined
  const address = () => `${options.origin()}/quick`

  function create(): BrowserWindow {
    const created = new BrowserWindow({
      ...overGames(options.platform),
      ...SIZE,
      resizable: false,
      webPreferences: {
        preload: options.preload,
        // A profile has one zoom for a host: an enlarged controller would enlarge this line beyond its window.
        partition: 'quick',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        spellcheck: false,
      },
    })
    refuseRequests(created.webContents.session)
    created.setAlwaysOnTop(true, 'screen-saver')
    // Where the game is, and not where the app's other windows are.
    created.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true })
    confine(created, { mayShow: url => url.origin === options.origin(), onForeignLink: null })
    options.roles.add(created, 'quick')
    reviveWhenGone(created, { onGone: options.onGone, revive: () => loadPatiently(created, address) })
    created.on('blur', () => created.hide())
    created.on('closed', () => {
      window = undefined
    })
    loadPatiently(created, address)
    return created
  }

  /** On the display where the pointer is, a little under the middle. */
  function place(target: BrowserWindow): void {
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
    const x = workArea.x + Math.round((workArea.width - SIZE.width) / 2)
    const y = workArea.y + Math.round(workArea.height * 0.62)
    target.setBounds(bringInside({ x, y, ...SIZE }, workArea))
  }

  return {
    toggle() {
      window ??= create()
      if (window.isVisible()) {
        window.hide()
        return
      }
      // It died too often to be brought back unasked; now it is asked for.
      if (window.webContents.isCrashed()) loadPatiently(window, address)
      place(window)
      options.roles.tell('quick', 'quick', options.context())
      window.show()
      window.focus()
    },
    close: () => window?.hide(),
    reload() {
      if (window) loadPatiently(window, address)
    },
  }
}
