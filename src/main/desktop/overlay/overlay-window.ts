import { BrowserWindow } from 'electron'
import type { OverlaySettings, Rectangle } from '../../../preload/desktop-settings.ts'
import { confine, refusePermissions } from '../links.ts'
import { loadPatiently, reviveWhenGone } from '../windows/recovery.ts'
import type { Roles } from '../windows/roles.ts'
import { canHideFromCapture } from './streamer-only.ts'

/** What an overlay window must look like now. */
export interface OverlayView {
  settings: OverlaySettings
  bounds: Rectangle
  editing: boolean
  streamerOnly: boolean
}

export interface OverlayWindow {
  show(view: OverlayView): void
  /** Only that, for each step of a pointer that drags it. */
  move(bounds: Rectangle): void
  reload(): void
  destroy(): void
}

export interface OverlayWindowOptions {
  /** The player's address for these settings. */
  address(settings: OverlaySettings): Promise<string>
  origin(): string
  preload: string
  roles: Roles
  platform: NodeJS.Platform
  onGone(reason: string): void
  onClosed(): void
}

const GROUND_COLOURS = { transparent: '#00000000', green: '#00ff00', magenta: '#ff00ff', black: '#000000' }

/**
 * One transparent window with the player in it. A change between edit and play mode makes a new window: on Linux
 * `setIgnoreMouseEvents` cannot be undone reliably (electron#52456), on Windows a window that has lost `focusable` shows a title
 * bar (electron#46882), and a fresh window has neither trouble. The player shows its line complete from the snapshot.
 */
export function createOverlayWindow(first: OverlayView, options: OverlayWindowOptions): OverlayWindow {
  let view = first
  let ended = false
  let window = create()

  function create(): BrowserWindow {
    const { settings, bounds, editing } = view
    const created = new BrowserWindow({
      ...bounds,
      show: false,
      frame: false,
      transparent: true,
      backgroundColor: GROUND_COLOURS[settings.ground],
      hasShadow: false,
      // Moved and resized by our own frame: a native border would break transparency.
      resizable: false,
      movable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      thickFrame: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      // In play mode the keyboard stays with the game.
      focusable: editing,
      acceptFirstMouse: true,
      title: titleOf(settings),
      webPreferences: {
        preload: options.preload,
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
    })
    refusePermissions(created.webContents.session)
    confine(created, {
      mayShow: url => url.origin === options.origin() && !isPrivate(url),
      onForeignLink: null,
    })
    options.roles.add(created, 'overlay', settings.id)
    reviveWhenGone(created, { onGone: options.onGone, revive: replace })
    created.webContents.on('did-finish-load', () => created.webContents.setZoomFactor(view.settings.zoom))
    // The page's own title would take its place.
    created.on('page-title-updated', event => event.preventDefault())
    created.on('closed', () => {
      if (created === window && !ended) options.onClosed()
    })
    apply(created)
    loadPatiently(created, () => options.address(view.settings))
    return created
  }

  /** Everything that the system may have forgotten, set again. */
  function apply(target: BrowserWindow): void {
    const { settings, bounds, editing, streamerOnly } = view
    target.setBounds(bounds)
    target.setAlwaysOnTop(true, 'screen-saver')
    target.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true })
    target.setContentProtection(streamerOnly && canHideFromCapture(options.platform))
    target.setOpacity(settings.opacity)
    target.setBackgroundColor(GROUND_COLOURS[settings.ground])
    target.setIgnoreMouseEvents(settings.clickThrough && !editing)
    if (isShown(view, options.platform)) {
      if (editing) target.show()
      else target.showInactive()
    } else target.hide()
  }

  function replace(): void {
    // Its page died in the moment in which the overlay was removed.
    if (ended) return
    const old = window
    window = create()
    if (!old.isDestroyed()) old.destroy()
  }

  return {
    show(next) {
      const before = view
      view = next
      const mouse = (one: OverlayView) => one.settings.clickThrough && !one.editing
      if (window.isDestroyed() || before.editing !== next.editing || mouse(before) !== mouse(next)) {
        replace()
        return
      }
      apply(window)
      const isOther = (['room', 'layout', 'name'] as const).some(
        one => before.settings[one] !== next.settings[one],
      )
      if (isOther) {
        window.setTitle(titleOf(next.settings))
        loadPatiently(window, () => options.address(view.settings))
      } else window.webContents.setZoomFactor(next.settings.zoom)
    },
    move(bounds) {
      view = { ...view, bounds }
      if (!window.isDestroyed()) window.setBounds(bounds)
    },
    reload: () => loadPatiently(window, () => options.address(view.settings)),
    destroy() {
      ended = true
      window.destroy()
    },
  }
}

/** What a window list and OBS's window capture show. */
function titleOf({ name, room }: OverlaySettings): string {
  return `Streaming Message · ${name || room}`
}

function isShown({ settings, editing, streamerOnly }: OverlayView, platform: NodeJS.Platform): boolean {
  if (editing) return true
  return settings.shown && !(streamerOnly && !canHideFromCapture(platform))
}

/** The overlay shows players only: the controller's pages have no business in it. */
function isPrivate(url: URL): boolean {
  return /^\/(admin|api|quick|docs)(\/|$)/.test(url.pathname)
}
