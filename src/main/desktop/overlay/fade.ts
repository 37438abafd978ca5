import type { BrowserWindow } from 'electron'

/**
 * How opaque a window is. Electron's `setOpacity` does nothing on Linux: there the page is faded, by a sheet that main puts into
 * each of its documents.
 *
 * @returns sets it, 0 to 1
 */
export function createFade(window: BrowserWindow, platform: NodeJS.Platform): (opacity: number) => void {
  if (platform !== 'linux') return opacity => window.setOpacity(opacity)
  const { webContents } = window
  let wanted = 1
  let hasDocument = false
  let sheet: Promise<string> | undefined

  function put(): void {
    const old = sheet
    const fresh = webContents.insertCSS(`html { opacity: ${wanted} !important }`)
    sheet = fresh
    const swap = async () => {
      await fresh
      if (old) await webContents.removeInsertedCSS(await old)
    }
    // The document went meanwhile: the next one gets its own.
    swap().catch(() => undefined)
  }

  webContents.on('dom-ready', () => {
    hasDocument = true
    sheet = undefined
    if (wanted !== 1) put()
  })
  return opacity => {
    if (opacity === wanted) return
    wanted = opacity
    if (hasDocument) put()
  }
}
