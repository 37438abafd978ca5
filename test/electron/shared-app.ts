import { expect, type Page } from '@playwright/test'
import { ACTIONS, DEFAULT_SETTINGS } from '../../src/preload/desktop-settings.ts'
import { ask, get } from './ask.ts'
import type { Desktop } from './driver.ts'

/** One app for many tests: starting it costs more than most of them. */
export interface SharedApp {
  desktop: Desktop
  controller: Page
  /** What the controller's page threw; a React page that throws is blank from then on. */
  errors: string[]
}

/** After a test: settings, hotkeys, overlays and displays as at the start, nothing open but the controller. */
export async function putBack({ desktop, controller, errors }: SharedApp): Promise<void> {
  expect(errors.splice(0)).toEqual([])
  const { general, obs, updates, streamerOnly, shortcuts, overlays } = DEFAULT_SETTINGS
  await desktop.evaluate(() => {
    const record = globalThis.osRecord
    record.taken.clear()
    record.answers.length = 0
    record.setDisplays(undefined)
  }, undefined)
  await get(controller, 'obs.disconnect')
  await get(controller, 'obs.forgetPassword')
  await get(controller, 'settings.change', { general, obs, updates, streamerOnly })
  const now = (await get(controller, 'settings.get')).shortcuts
  for (const action of ACTIONS) {
    if (now[action] !== shortcuts[action])
      await get(controller, 'shortcuts.set', { action, accelerator: shortcuts[action] })
  }
  for (const { id } of await get(controller, 'overlay.list')) {
    const first = overlays.find(one => one.id === id)
    if (!first) {
      await get(controller, 'overlay.remove', { id })
      continue
    }
    const { name, room, layout, clickThrough, opacity, zoom, ground, display } = first
    // Puts its places away too.
    await get(controller, 'overlay.reset', { id })
    const change = { name, room, layout, clickThrough, opacity, zoom, ground, display, shown: false }
    await get(controller, 'overlay.change', { id, change })
  }
  await desktop.evaluate(({ BrowserWindow }) => {
    for (const one of BrowserWindow.getAllWindows())
      if (!one.webContents.getURL().includes('/admin')) one.destroy()
    globalThis.osRecord.calls.length = 0
  }, undefined)
  await expect.poll(() => desktop.windows().map(page => page.url())).toEqual([controller.url()])
  for (const { id } of await get(controller, 'notices.list')) await ask(controller, 'notices.dismiss', { id })
}
