import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from '@playwright/test'

export interface Chromium {
  context: BrowserContext
  /** Where a second Playwright, the test's, connects to the same pages. */
  endpoint: string
  close(): Promise<void>
}

/** Tells the stand-in of a browser that runs already; without it, it opens one of its own. */
export const SHARED_BROWSER = 'STAND_IN_BROWSER'

export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
/**
 * Two debuggers hold a shared worker at its start and neither lets it go: pages here take a stream of their own, as they do where
 * a browser has no shared workers. (In Electron the overlay has a partition, thus a worker, of its own.)
 */
const NO_SHARED_WORKERS = '--disable-shared-workers'
const FLAGS = [
  NO_SHARED_WORKERS,
  ...QUIET,
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
]

/** Opens a browser with an empty profile. @throws when there is no Chromium: set CHROMIUM_PATH. */
export async function openChromium(): Promise<Chromium> {
  const profile = mkdtempSync(join(tmpdir(), 'stand-in-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: existsSync(chromiumPath) ? chromiumPath : undefined,
    headless: !process.env.STAND_IN_HEADED,
    chromiumSandbox: false,
    viewport: null,
    args: FLAGS,
  })
  const [port] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')
  return {
    context,
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      await context.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** An empty profile in a browser that runs already: starting one is the dearest part of starting the app. */
export async function joinChromium(endpoint: string): Promise<Chromium> {
  const browser = await chromium.connectOverCDP(endpoint)
  const context = await browser.newContext({ viewport: null })
  return {
    context,
    endpoint,
    close: async () => {
      await context.close()
      await browser.close()
    },
  }
}
