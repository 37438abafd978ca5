import { type Browser, chromium, type LaunchOptions } from '@playwright/test'

/**
 * The Chromium of tests and benchmarks: the system's (`CHROMIUM_PATH` names another; Playwright's own download is not used),
 * without a graphics card, so that the processor paints, and without what it does for itself in the background.
 */
export const CHROMIUM: LaunchOptions & { args: string[] } = {
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  chromiumSandbox: false,
  args: [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

/** Opens it, without a window. */
export function openChromium(): Promise<Browser> {
  return chromium.launch(CHROMIUM)
}
