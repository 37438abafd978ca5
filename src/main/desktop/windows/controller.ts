import { BrowserWindow, screen, shell } from 'electron'
import { DEFAULT_ROOM } from '../../../shared/ids.ts'
import { confine, openLink, refusePermissions } from '../links.ts'
import { bringInside } from '../overlay/place.ts'
import type { SettingsStore } from '../settings/store.ts'
import type { Words } from '../words.ts'
import { loadPatiently, reviveWhenGone } from './recovery.ts'
import type { Roles } from './roles.ts'

export interface ControllerWindow {
  /** Opens it, or brings it to the front; `room` switches to that room. Without one it is where the user was last. */
  open(room?: string): void
  /** Loads the page again at the server's address of now. */
  reload(): void
  isOpen(): boolean
  /** Its page died, was closed or makes room for another. */
  followPageGone(listener: () => void): void
}

export interface ControllerOptions {
  /** Resolves once the server listens: the window is made while it starts. */
  started: Promise<void>
  origin(): string
  /** There is no such room any more. */
  isGone(room: string): Promise<boolean>
  preload: string
  icon: string
  settings: SettingsStore
  roles: Roles
  words(): Words
  onGone(reason: string): void
  onClosed(): void
  /** What the page itself says went wrong. */
  onError(message: string): void
}

const SIZE = { width: 1100, height: 720 }

/** The controller: the app's main window, at `/admin` of its own server. */
export function createControllerWindow(options: ControllerOptions): ControllerWindow {
  const { settings } = options
  let window: BrowserWindow | undefined
  let pageGone = (): void => undefined

  /** The room that was asked for, until the page says that it is there: one that still loads hears no event. */
  let wanted: string | undefined

  async function address(): Promise<string> {
    await options.started
    const room = wanted ?? settings.get().general.room
    const isDefault = room === DEFAULT_ROOM || (await options.isGone(room))
    return `${options.origin()}/admin${isDefault ? '' : `?room=${room}`}`
  }

  settings.follow(({ general }) => {
    if (wanted === general.room) wanted = undefined
    if (wanted !== undefined) options.roles.tell('controller', 'openRoom', { room: wanted })
  })

  function create(): BrowserWindow {
    const { bounds, maximized } = settings.get().controllerWindow
    const place = bounds && bringInside(bounds, screen.getDisplayMatching(bounds).workArea)
    const created = new BrowserWindow({
      ...SIZE,
      ...place,
      minWidth: 320,
      minHeight: 360,
      title: options.words().appName,
      icon: options.icon,
      backgroundColor: '#12141c',
      show: false,
      webPreferences: {
        preload: options.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        spellcheck: false,
      },
    })
    refusePermissions(created.webContents.session)
    confine(created, {
      mayShow: url => url.origin === options.origin(),
      // Our own player may open in the browser unasked; anything else is asked about.
      onForeignLink: url =>
        url.origin === options.origin()
          ? void shell.openExternal(url.href)
          : void openLink(url, options.words().dialogs),
    })
    options.roles.add(created, 'controller')
    reviveWhenGone(created, { onGone: options.onGone, revive: () => loadPatiently(created, address) })
    keepPlace(created, settings)
    created.once('ready-to-show', () => {
      // Not before: it shows the window.
      if (maximized) created.maximize()
      created.show()
    })
    created.webContents.on('console-message', ({ level, message }) => {
      // A server that is away is known, and said every few seconds.
      if (level === 'error' && !message.startsWith('Failed to load resource'))
        options.onError(message.slice(0, 1_000))
    })
    created.webContents.on('render-process-gone', () => pageGone())
    created.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) pageGone()
    })
    created.on('closed', () => {
      window = undefined
      pageGone()
      options.onClosed()
    })
    loadPatiently(created, address)
    return created
  }

  return {
    open(room) {
      wanted = room === settings.get().general.room ? undefined : room
      if (window) {
        // It died too often to be brought back unasked; now it is asked for.
        if (window.webContents.isCrashed()) loadPatiently(window, address)
        if (window.isMinimized()) window.restore()
        window.show()
        window.focus()
        if (room) options.roles.tell('controller', 'openRoom', { room })
      } else {
        // It shows itself once it has something to show.
        window = create()
      }
    },
    reload() {
      if (window) loadPatiently(window, address)
    },
    isOpen: () => window !== undefined,
    followPageGone(listener) {
      pageGone = listener
    },
  }
}

function keepPlace(window: BrowserWindow, settings: SettingsStore): void {
  const keep = () => {
    if (window.isMinimized()) return
    settings.change({
      controllerWindow: { bounds: window.getNormalBounds(), maximized: window.isMaximized() },
    })
  }
  window.on('resize', keep)
  window.on('move', keep)
  window.on('maximize', keep)
  window.on('unmaximize', keep)
}
