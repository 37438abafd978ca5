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
    // The load that it died in has failed and would be tried again.
    else loads.delete(window)
  })
}

/** The load that each window is at: a later one takes the place of an earlier, also of its retries. */
const loads = new WeakMap<BrowserWindow, symbol>()

/**
 * The server may restart (a new port, the LAN switch) while a window loads: it is tried again until it answers.
 *
 * @param address asked before each try; a rejection counts as "not yet"
 * @param retryMs milliseconds from a try that failed to the next
 */
export function loadPatiently(
  window: BrowserWindow,
  address: () => string | Promise<string>,
  retryMs = 500,
): void {
  const own = Symbol('load')
  loads.set(window, own)
  const isOver = () => window.isDestroyed() || loads.get(window) !== own
  const load = async () => {
    if (isOver()) return
    try {
      const url = await address()
      if (!isOver()) await window.loadURL(url)
    } catch (error) {
      // ERR_ABORTED: another load took its place.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_ABORTED' && !isOver()) setTimeout(load, retryMs)
    }
  }
  void load()
}
