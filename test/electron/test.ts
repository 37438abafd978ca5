import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import type { DesktopBridge } from '../../src/preload/bridge.ts'
import { ask, get } from './ask.ts'
import { type Chromium, openChromium } from './chromium.ts'
import { type Desktop, type DesktopOptions, electronPath, launchDesktop } from './driver.ts'
import { putBack, type SharedApp } from './shared-app.ts'

/** Nothing answers there: tests never reach a host of others. */
const QUIET = { HITOKOTO_URL: 'http://127.0.0.1:9/', LOG_LEVEL: 'error', LANG: 'en_US.UTF-8' }

export interface DesktopFixtures {
  /** Starts the desktop app; every one that a test started is closed after it. */
  launch(options?: DesktopOptions): Promise<Desktop>
  /** An empty folder, for an app that is started twice. */
  folder: string
  /** One app, with its own empty folder. */
  desktop: Desktop
  /** Its controller's page. */
  controller: Page
}

export interface WorkerFixtures {
  /** The browser of all stand-ins of this worker, each with a profile of its own; real Electron brings its own. */
  sharedChromium: Chromium | undefined
  sharedApp: SharedApp
}

export const test = base.extend<DesktopFixtures, WorkerFixtures>({
  sharedChromium: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern
    async ({}, use) => {
      const chromium = electronPath ? undefined : await openChromium()
      await use(chromium)
      await chromium?.close()
    },
    { scope: 'worker' },
  ],
  sharedApp: [
    async ({ sharedChromium: chromium }, use) => {
      const desktop = await launchDesktop({ chromium, env: QUIET })
      const controller = await controllerOf(desktop)
      await use({ desktop, controller, errors: errorsOf(controller) })
      await desktop.close()
    },
    { scope: 'worker' },
  ],
  launch: async ({ folder: _outlivesThem, sharedChromium: chromium }, use) => {
    const open: Desktop[] = []
    await use(async (options = {}) => {
      const desktop = await launchDesktop({ ...options, chromium, env: { ...QUIET, ...options.env } })
      open.push(desktop)
      return desktop
    })
    for (const one of open) await one.close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'streaming-message-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  desktop: async ({ launch }, use) => use(await launch()),
  controller: async ({ desktop }, use) => {
    const page = await controllerOf(desktop)
    await base.expect.poll(async () => (await windowFacts(desktop, '/admin'))?.visible).toBe(true)
    const errors = errorsOf(page)
    await use(page)
    base.expect(errors).toEqual([])
  },
})

/** What the page throws from now on. */
function errorsOf(page: Page): string[] {
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.stack ?? String(error)))
  return errors
}

/** For tests that need no fresh app: those of a worker run in one, which is put back after each. */
export const testOnOneApp = test.extend({
  desktop: async ({ sharedApp }, use) => {
    await base.expect.poll(async () => (await windowFacts(sharedApp.desktop, '/admin'))?.visible).toBe(true)
    await use(sharedApp.desktop)
    await putBack(sharedApp)
  },
  controller: async ({ sharedApp, desktop: _putBack }, use) => use(sharedApp.controller),
})

export { expect } from '@playwright/test'
export { ask, get }

export const controllerOf = (desktop: Desktop) => desktop.window(url => url.pathname.startsWith('/admin'))

/** The overlay's page, once main knows of it too: its address reaches the two by different ways. */
export async function overlayOf(desktop: Desktop, room = 'lobby'): Promise<Page> {
  const page = await desktop.window(url => url.pathname === `/${room}`)
  await base.expect.poll(() => windowFacts(desktop, `/${room}`)).toBeDefined()
  return page
}

interface OsRecord {
  /** Unix time in ms. */
  startedAt: number
  press(accelerator: string): boolean
  trayMenu: { items: object[] }
  click(menu: object, id: string): void
  find(menu: object, id: string): { checked: boolean; label: string } | undefined
  answers: object[]
  calls: object[]
  /** Accelerators, in lower case, that another program holds. */
  taken: Set<string>
  /** Undefined: those that there are. */
  setDisplays(displays: object[] | undefined): void
}

declare global {
  var osRecord: OsRecord
  interface Window {
    desktop?: DesktopBridge
  }
}

/** @returns false where no such hotkey is registered */
export const press = (desktop: Desktop, accelerator: string) =>
  desktop.evaluate((_electron, key) => globalThis.osRecord.press(key), accelerator)

export const clickTray = (desktop: Desktop, id: string) =>
  desktop.evaluate((_electron, item) => globalThis.osRecord.click(globalThis.osRecord.trayMenu, item), id)

export const trayItem = (desktop: Desktop, id: string) =>
  desktop.evaluate((_electron, item) => {
    const found = globalThis.osRecord.find(globalThis.osRecord.trayMenu, item)
    return found && { checked: found.checked, label: found.label }
  }, id)

/** What the user will choose in the next dialogs. */
export const willAnswer = (desktop: Desktop, ...answers: object[]) =>
  desktop.evaluate((_electron, given) => {
    globalThis.osRecord.answers.push(...given)
  }, answers)

export interface WindowFacts {
  bounds: { x: number; y: number; width: number; height: number }
  visible: boolean
  onTop: boolean
  focusable: boolean
  /** The last that was asked for; undefined when never. */
  ignoresMouse: boolean | undefined
  onAllWorkspaces: boolean | undefined
  title: string
  contentProtected: boolean | undefined
}

/** What the system knows of the window that shows this path. */
export const windowFacts = (desktop: Desktop, path: string) =>
  desktop.evaluate(({ BrowserWindow }, wanted): WindowFacts | undefined => {
    const shows = (one: Electron.BrowserWindow) => one.webContents.getURL().includes(wanted)
    const found = BrowserWindow.getAllWindows().find(shows)
    if (!found) return undefined
    const calls = globalThis.osRecord.calls as { call: string; args: unknown[]; window?: number }[]
    const last = (call: string) =>
      calls.findLast(one => one.window === found.id && one.call === `BrowserWindow.${call}`)?.args[0] as
        | boolean
        | undefined
    return {
      bounds: found.getBounds(),
      visible: found.isVisible(),
      onTop: found.isAlwaysOnTop(),
      focusable: found.isFocusable(),
      ignoresMouse: last('setIgnoreMouseEvents'),
      title: found.getTitle(),
      onAllWorkspaces: last('setVisibleOnAllWorkspaces'),
      contentProtected: last('setContentProtection'),
    }
  }, path)

/** A display as Electron describes one. */
export const display = (id: number, x: number, width = 1920, height = 1080) => ({
  id,
  label: `Screen ${id}`,
  bounds: { x, y: 0, width, height },
  workArea: { x, y: 0, width, height: height - 40 },
  size: { width, height },
  workAreaSize: { width, height: height - 40 },
  scaleFactor: 1,
  rotation: 0,
})

export const plugDisplays = (desktop: Desktop, displays: object[]) =>
  desktop.evaluate((_electron, all) => globalThis.osRecord.setDisplays(all), displays)

/** Publishes over HTTP, as any client does. */
export async function publish(controller: Page, room: string, text: string): Promise<Response> {
  const { token } = await get(controller, 'owner.token')
  return fetch(`${new URL(controller.url()).origin}/api/v1/rooms/${room}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ speaker: '雪', data: { message: text } }),
  })
}
