import { randomUUID } from 'node:crypto'
import type { Display } from 'electron'
import type { OverlayChange, OverlayStatus } from '../../../preload/bridge.ts'
import { DEFAULT_OVERLAY, type OverlaySettings, type Rectangle } from '../../../preload/desktop-settings.ts'
import { createObservable } from '../observable.ts'
import type { SettingsStore } from '../settings/store.ts'
import {
  createOverlayWindow,
  type OverlayView,
  type OverlayWindow,
  type OverlayWindowOptions,
} from './overlay-window.ts'
import { bringInside, defaultPlace, drag, fromPlace, type Handle, snap, toPlace } from './place.ts'

export interface Overlays {
  list(): OverlayStatus[]
  follow(listener: (overlays: OverlayStatus[]) => void): () => void
  add(room: string): OverlayStatus
  /** The calls with an id answer undefined where there is no such overlay. */
  remove(id: string): boolean
  change(id: string, change: OverlayChange): OverlayStatus | undefined
  edit(id: string, on: boolean): OverlayStatus | undefined
  reset(id: string): OverlayStatus | undefined
  /** While a handle is held; the window's place is kept at `drop`. */
  drag(id: string, handle: Handle, dx: number, dy: number, snaps: boolean): void
  drop(id: string): void
  adjust(id: string, what: 'opacity' | 'zoom', step: 1 | -1): void
  /** Brings every window to where it belongs now: displays, switches or the server's address changed. */
  arrange(): void
  reload(): void
  /** The app ends: that its windows go is not their user's wish to hide them. */
  leave(): void
  close(): void
}

export interface OverlaysOptions extends Omit<OverlayWindowOptions, 'onClosed'> {
  settings: SettingsStore
  /** The primary one first. */
  displays(): Display[]
}

/** All overlays: what they should be lies in the settings, the windows follow. */
export function createOverlays(options: OverlaysOptions): Overlays {
  const { settings } = options
  const windows = new Map<string, OverlayWindow>()
  const editing = new Set<string>()
  const held = new Map<string, { handle: Handle; start: Rectangle; now: Rectangle }>()
  const statuses = createObservable<OverlayStatus[]>([])
  let leaving = false

  const find = (id: string) => settings.get().overlays.find(one => one.id === id)

  function displayOf({ display }: OverlaySettings): { display: Display; missing: boolean } {
    const all = options.displays()
    const own = all.find(one => one.id === display)
    const primary = all[0]
    if (!primary) throw new Error('Electron knows no display')
    return { display: own ?? primary, missing: display !== null && own === undefined }
  }

  /** Where it lay on this display, else where it lay on its own, else the default; always on the screen. */
  function boundsOf(overlay: OverlaySettings): Rectangle {
    const dragged = held.get(overlay.id)
    if (dragged) return dragged.now
    const { display } = displayOf(overlay)
    const place = overlay.places[display.id] ?? overlay.places[String(overlay.display)]
    return place
      ? bringInside(fromPlace(place, display.bounds), display.workArea)
      : defaultPlace(display.workArea)
  }

  function viewOf(overlay: OverlaySettings): OverlayView {
    const { streamerOnly } = settings.get()
    return { settings: overlay, bounds: boundsOf(overlay), editing: editing.has(overlay.id), streamerOnly }
  }

  function statusOf(overlay: OverlaySettings): OverlayStatus {
    const { display, missing } = displayOf(overlay)
    return {
      ...overlay,
      editing: editing.has(overlay.id),
      bounds: boundsOf(overlay),
      displayLabel: display.label || String(display.id),
      displayMissing: missing,
    }
  }

  function arrange(): void {
    const wanted = settings.get().overlays
    for (const [id, window] of windows) {
      if (wanted.some(one => one.id === id)) continue
      windows.delete(id)
      window.destroy()
    }
    for (const overlay of wanted) {
      const view = viewOf(overlay)
      const window = windows.get(overlay.id)
      if (window) window.show(view)
      // A window that nobody sees yet would cost a renderer.
      else if (overlay.shown || view.editing) windows.set(overlay.id, open(view))
    }
    statuses.set(wanted.map(statusOf))
  }

  function open(view: OverlayView): OverlayWindow {
    const { id } = view.settings
    return createOverlayWindow(view, {
      ...options,
      // Closed from outside (a window manager's key): that hides it.
      onClosed() {
        windows.delete(id)
        editing.delete(id)
        if (!leaving) update(id, { shown: false })
      },
    })
  }

  function update(id: string, change: Partial<OverlaySettings>): OverlayStatus | undefined {
    const given = Object.entries(change).filter(([, value]) => value !== undefined)
    const overlays = settings
      .get()
      .overlays.map(one => (one.id === id ? { ...one, ...Object.fromEntries(given) } : one))
    settings.change({ overlays })
    arrange()
    const found = find(id)
    return found && statusOf(found)
  }

  function edit(id: string, on: boolean): OverlayStatus | undefined {
    if (!find(id)) return undefined
    if (on) editing.add(id)
    else editing.delete(id)
    held.delete(id)
    return update(id, on ? { shown: true } : {})
  }

  return {
    list: () => settings.get().overlays.map(statusOf),
    follow: statuses.follow,
    arrange,
    edit,
    change: update,
    add(room) {
      const overlay = { ...DEFAULT_OVERLAY, id: `overlay-${randomUUID().slice(0, 8)}`, room, shown: true }
      settings.change({ overlays: [...settings.get().overlays, overlay] })
      arrange()
      return statusOf(overlay)
    },
    remove(id) {
      if (!find(id)) return false
      editing.delete(id)
      settings.change({ overlays: settings.get().overlays.filter(one => one.id !== id) })
      arrange()
      return true
    },
    reset(id) {
      editing.delete(id)
      held.delete(id)
      // A fresh window too: whatever the old one was stuck in is gone with it.
      windows.get(id)?.destroy()
      windows.delete(id)
      return update(id, { places: {}, shown: true, clickThrough: false, opacity: 1, zoom: 1, display: null })
    },
    drag(id, handle, dx, dy, snaps) {
      const overlay = find(id)
      if (!overlay || !editing.has(id)) return
      const start = held.get(id)?.handle === handle ? held.get(id)?.start : undefined
      const from = start ?? boundsOf(overlay)
      const dragged = drag(from, handle, dx, dy)
      const display = nearest(options.displays(), dragged)
      const now = snaps && display ? snap(dragged, handle, display.workArea) : dragged
      held.set(id, { handle, start: from, now })
      windows.get(id)?.move(now)
    },
    drop(id) {
      const overlay = find(id)
      const last = held.get(id)
      held.delete(id)
      if (!overlay || !last) return
      const display = nearest(options.displays(), last.now)
      if (!display) return
      const place = toPlace(bringInside(last.now, display.workArea), display.bounds)
      update(id, { display: display.id, places: { ...overlay.places, [display.id]: place } })
    },
    adjust(id, what, step) {
      const overlay = find(id)
      if (!overlay || !editing.has(id)) return
      const [low, high] = what === 'opacity' ? [0.1, 1] : [0.25, 4]
      update(id, { [what]: Math.min(high, Math.max(low, nextTenth(overlay[what], step))) })
    },
    reload() {
      for (const window of windows.values()) window.reload()
    },
    leave() {
      leaving = true
    },
    close() {
      for (const window of windows.values()) window.destroy()
      windows.clear()
    },
  }
}

/** Steps meet 1.0 from wherever they begin. */
function nextTenth(value: number, step: 1 | -1): number {
  const tenths = Math.round(value * 1000) / 100
  return (step > 0 ? Math.floor(tenths) + 1 : Math.ceil(tenths) - 1) / 10
}

/** The display that holds the middle of the window, else the one with the nearest middle. */
function nearest(displays: Display[], { x, y, width, height }: Rectangle): Display | undefined {
  const distance = ({ bounds }: Display) => {
    const dx = Math.max(bounds.x - (x + width / 2), 0, x + width / 2 - (bounds.x + bounds.width))
    const dy = Math.max(bounds.y - (y + height / 2), 0, y + height / 2 - (bounds.y + bounds.height))
    return Math.hypot(dx, dy)
  }
  return [...displays].sort((a, b) => distance(a) - distance(b))[0]
}
