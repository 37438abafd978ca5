import type { BrowserWindow } from 'electron'

/** More often than this a page is broken, and loading it again would only spin. */
const MAX_IN_A_ROW = 3
const CALM_MS = 60_000

export interface RecoveryOptions {
  /** Brings the window back: reload, or make it anew where a reload leaves it stuck. */
  revive(): void
  onGone(reason: string): void
  now?(): number
}

/** A window whose page died comes back; the server, which lives in this process, is not touched. */
export function reviveWhenGone(
  window: BrowserWindow,
  { revive, onGone, now = Date.now }: RecoveryOptions,
): void {
  let deaths: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    deaths = [...deaths.filter(time => now() - time < CALM_MS), now()]
    onGone(reason)
    // The event comes while the page is being taken down: what follows must not run inside of it.
    if (deaths.length <= MAX_IN_A_ROW) setImmediate(revive)
  })
}

/** The server may restart (a new port, the LAN switch) while a window loads: it is tried again until it answers. */
export function loadPatiently(
  window: BrowserWindow,
  address: () => string | Promise<string>,
  retryMs = 500,
): void {
  const load = async () => {
    const url = await address()
    if (window.isDestroyed()) return
    window.loadURL(url).catch((error: NodeJS.ErrnoException) => {
      // ERR_ABORTED: another load took its place.
      if (error.code !== 'ERR_ABORTED') setTimeout(load, retryMs)
    })
  }
  void load()
}
