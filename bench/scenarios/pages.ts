import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Page } from '@playwright/test'
import { openChromium } from '../../test/electron/chromium.ts'
import { launchDesktop } from '../../test/electron/driver.ts'
import { openChromium as openBrowser } from '../../test/support/chromium.ts'
import { lineOf, VIEWPORT } from '../load/browser.ts'
import { openPublisher } from '../load/publisher.ts'
import { type ComparedPage, comparedPages } from '../peers/compared-pages.ts'
import { startStreamingMessage } from '../peers/streaming-message.ts'

/** The pages that a browser opens which has never seen them. */
export const visitedPages = comparedPages(
  'the built player at its room’s address',
  'a page of one line of text and no style sheet, with a script of one line: what the browser needs for any page',
)

/** Its text is put there by a script, as the player's is. */
const BARE = `<!doctype html><meta charset="utf-8"><body><script>document.body.innerHTML = '<p id="bare">${lineOf(79)}</p>'</script>`

const ONLY_FONT_FACES = /^(?:\s*@font-face\s*\{[^}]*\}|\s*\/\*[^*]*\*\/)+\s*$/

/** Runs in the page: notes the frame in which the first text of a line stands there, in ms since the navigation. */
function watchForText(): void {
  const look = () => {
    const player = document.querySelector<HTMLElement>(
      '[data-state="typing"], [data-state="complete"], #bare',
    )
    if (player?.innerText.trim()) Object.assign(window, { firstText: performance.now() })
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/**
 * Opens the player in a browser that has never seen it, in a room that shows a line.
 * @returns `bytes` in KiB that came over the wire for page and worker, without fonts and pictures; `text` in ms from the navigation to the
 * frame with the first text.
 */
export async function firstVisit({ kind }: ComparedPage): Promise<Record<string, number>> {
  const server = await startStreamingMessage()
  const bare = serveBare()
  const browser = await openBrowser()
  try {
    const publisher = await openPublisher(server.publish)
    await publisher.publish()
    publisher.close()
    const page = await browser.newPage({ viewport: VIEWPORT })
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
    const address = `http://127.0.0.1:${server.port}/lobby`
    await page.goto(kind === 'bare' ? `http://127.0.0.1:${await bare.listening}/` : address)
    const text = await page.waitForFunction(() => (window as unknown as { firstText?: number }).firstText)
    // A font in pieces comes with a sheet that names them: it is part of the font.
    for (const requestId of sheets) {
      const { body } = await devtools.send('Network.getResponseBody', { requestId })
      if (ONLY_FONT_FACES.test(body)) counted.delete(requestId)
    }
    const worker = await bytesOfWorker(page, server.port)
    const bytes = [...counted.values()].reduce((sum, length) => sum + length, worker)
    return { bytes: bytes / 1024, text: (await text.jsonValue())! }
  } finally {
    await browser.close()
    bare.close()
    await server.stop()
  }
}

/** What a page's worker costs, bytes on the wire: the browser's tools do not count it as the page's. */
async function bytesOfWorker(page: Page, port: number): Promise<number> {
  const scripts = await page.evaluate(() =>
    performance.getEntriesByType('resource').flatMap(({ name }) => (name.endsWith('.js') ? [name] : [])),
  )
  const texts = await Promise.all(scripts.map(async url => (await fetch(url)).text()))
  const [name] = texts.join().match(/[\w-]*worker-[\w-]+\.js/) ?? []
  return name === undefined ? 0 : bytesOnTheWire(port, `/static/${name}`)
}

/** @returns bytes of the whole answer, its head included. */
async function bytesOnTheWire(port: number, path: string): Promise<number> {
  const socket = connect(port, '127.0.0.1')
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n`,
  )
  let bytes = 0
  for await (const chunk of socket) bytes += (chunk as Buffer).length
  return bytes
}

function serveBare(): { listening: Promise<number>; close(): void } {
  const server = createServer((_request, response) =>
    response.setHeader('Content-Type', 'text/html').end(BARE),
  )
  const listening = new Promise<number>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
  return {
    listening,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/**
 * The desktop app, on real Electron where its binary is installed, else on the stand-in with a Chromium that runs.
 * @returns until the controller's window can be used: `seconds` from the start of the main bundle, `whole` from that of its process,
 * which begins with Electron's own code, or with the stand-in's and Playwright.
 */
export async function desktopStart(): Promise<Record<string, number>> {
  const browser = await openChromium()
  try {
    const began = now()
    // The bundle is compiled as at the very first start; the stand-in keeps a cache of compiled code.
    const env = { HITOKOTO_URL: 'http://127.0.0.1:9/', NODE_DISABLE_COMPILE_CACHE: '1' }
    const desktop = await launchDesktop({ chromium: browser, env })
    try {
      const window = await desktop.window(url => url.pathname.startsWith('/admin'))
      await window.waitForSelector('textarea, [contenteditable="true"], [role="textbox"]')
      const usable = now()
      const startedAt = await desktop.evaluate(() => globalThis.osRecord.startedAt, undefined)
      return { seconds: (usable - startedAt) / 1000, whole: (usable - began) / 1000 }
    } finally {
      await desktop.close()
    }
  } finally {
    await browser.close()
  }
}

/** Unix time in ms, with fractions: of the same clock in each process. */
const now = () => performance.timeOrigin + performance.now()
