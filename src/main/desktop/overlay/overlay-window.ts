import { BrowserWindow } from 'electron'
import type { OverlaySettings, Rectangle } from '../../../preload/desktop-settings.ts'
import { confine, refuseRequests } from '../links.ts'
import { loadPatiently, reviveWhenGone } from '../windows/recovery.ts'
import type { Roles } from '../windows/roles.ts'
import { createFade } from './fade.ts'
import { canHideFromCapture } from './streamer-only.ts'
import { GROUND_COLOURS, overlayWindowOptions, titleOf } from './window-options.ts'

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

/**
 * One transparent window with the player in it. A change between edit and play mode makes a new window: on Linux
 * `setIgnoreMouseEvents` cannot be undone reliably (electron#52456), on Windows a window that has lost `focusable` shows a title
 * bar (electron#46882), and a fresh window has neither trouble. The player shows its line complete from the snapshot.
 */
export function createOverlayWindow(first: OverlayView, options: OverlayWindowOptions): OverlayWindow {
  let view = first
  let ended = false
  let fade: (opacity: number) => void
  let window = create()

  function create(): BrowserWindow {
    const created = new BrowserWindow(overlayWindowOptions(view, options.platform, options.preload))
    fade = createFade(created, options.platform)
    refuseRequests(created.webContents.session)
    confine(created, {
      mayShow: url => url.origin === options.origin() && !isPrivate(url),
      onForeignLink: null,
    })
    options.roles.add(created, 'overlay', view.settings.id)
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
    fade(settings.opacity)
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

function isShown({ settings, editing, streamerOnly }: OverlayView, platform: NodeJS.Platform): boolean {
  if (editing) return true
  return settings.shown && !(streamerOnly && !canHideFromCapture(platform))
}

/** The overlay shows players only: the controller's pages have no business in it. */
function isPrivate(url: URL): boolean {
  return /^\/(admin|api|quick|docs)(\/|$)/.test(url.pathname)
}
