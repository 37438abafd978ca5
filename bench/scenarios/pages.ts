import { chromium } from '@playwright/test'
import { chromiumPath, openChromium } from '../../test/electron/chromium.ts'
import { launchDesktop } from '../../test/electron/driver.ts'
import { openPublisher } from '../load/publisher.ts'
import { startStreamingMessage } from '../peers/streaming-message.ts'

const ONLY_FONT_FACES = /^(?:\s*@font-face\s*\{[^}]*\}|\s*\/\*[^*]*\*\/)+\s*$/

/** Runs in the page: notes the frame in which the first text of a line stands there, in ms since the navigation. */
function watchForText(): void {
  const look = () => {
    const player = document.querySelector<HTMLElement>('[data-state="typing"], [data-state="complete"]')
    if (player?.innerText.trim()) Object.assign(window, { firstText: performance.now() })
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/**
 * Opens the player in a browser that has never seen it, in a room that shows a line.
 * @returns `bytes` in KiB that came over the wire without fonts and pictures; `text` in ms from the navigation to the
 * frame with the first text.
 */
export async function firstVisit(): Promise<Record<string, number>> {
  const server = await startStreamingMessage()
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const publisher = await openPublisher(server.publish)
    await publisher.publish()
    publisher.close()
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    await page.addInitScript(watchForText)
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Network.enable')
    const counted = new Map<string, number>()
    const sheets = new Set<string>()
    devtools.on('Network.responseReceived', ({ requestId, type, response }) => {
      const isStream = response.mimeType === 'text/event-stream'
      if (!isStream && type !== 'Font' && type !== 'Image') counted.set(requestId, 0)
      if (type === 'Stylesheet') sheets.add(requestId)
    })
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (counted.has(requestId)) counted.set(requestId, encodedDataLength)
    })
    await page.goto(`http://127.0.0.1:${server.port}/lobby`)
    const text = await page.waitForFunction(() => (window as unknown as { firstText?: number }).firstText)
    // A font in pieces comes with a sheet that names them: it is part of the font.
    for (const requestId of sheets) {
      const { body } = await devtools.send('Network.getResponseBody', { requestId })
      if (ONLY_FONT_FACES.test(body)) counted.delete(requestId)
    }
    const bytes = [...counted.values()].reduce((sum, length) => sum + length, 0)
    return { bytes: bytes / 1024, text: (await text.jsonValue())! }
  } finally {
    await browser.close()
    await server.stop()
  }
}

/**
 * The desktop app, on real Electron where its binary is installed, else on the stand-in with a Chromium that runs.
 * @returns `seconds` from the start of its process until the controller's window can be used.
 */
export async function desktopStart(): Promise<Record<string, number>> {
  const browser = await openChromium()
  try {
    const began = performance.now()
    const desktop = await launchDesktop({ chromium: browser, env: { HITOKOTO_URL: 'http://127.0.0.1:9/' } })
    try {
      const window = await desktop.window(url => url.pathname.startsWith('/admin'))
      await window.waitForSelector('textarea, [contenteditable="true"], [role="textbox"]')
      return { seconds: (performance.now() - began) / 1000 }
    } finally {
      await desktop.close()
    }
  } finally {
    await browser.close()
  }
}
