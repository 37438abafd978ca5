/**
 * `npm run look` starts the built desktop app and writes pictures of its windows to `test-results/look`, one of each and one of
 * them together as they lie on a screen; `LANG=ja_JP.UTF-8` for another language, `LOOK_SCHEME=night` for the other scheme. Under a display, also Xvfb's,
 * `STAND_IN_HEADED=1` shows the stand-in's pages while it goes.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { DEFAULT_SETTINGS } from '../../src/preload/desktop-settings.ts'
import { get } from './ask.ts'
import { openChromium } from './chromium.ts'
import { launchDesktop } from './driver.ts'

const OUT = resolve(import.meta.dirname, '../../test-results/look')
const SCREEN = { width: 1920, height: 1080 }
const ID = DEFAULT_SETTINGS.overlays[0]?.id ?? ''

interface Shown {
  x: number
  y: number
  image: string
}

mkdirSync(OUT, { recursive: true })
const chromium = await openChromium()
const desktop = await launchDesktop({ chromium, env: { HITOKOTO_URL: 'http://127.0.0.1:9/' } })
try {
  await lookAtAll()
} finally {
  await desktop.close()
  await chromium.close()
}
process.exit(0)

async function lookAtAll(): Promise<void> {
  const controller = await desktop.window(url => url.pathname.startsWith('/admin'))
  const { LOOK_SCHEME: scheme = 'day', LANG: locale = 'en' } = process.env
  const language = locale.startsWith('zh') ? 'zh-CN' : locale.slice(0, 2)
  await controller.evaluate(
    chosen => localStorage.setItem('streaming-message.preferences', JSON.stringify(chosen)),
    { language, scheme },
  )
  await controller.reload()
  const line = controller.getByRole('textbox').last()
  await line.waitFor()
  await get(controller, 'overlay.change', { id: ID, change: { shown: true } })
  const playing = await desktop.window(url => url.pathname === '/lobby')
  await playing.waitForLoadState('networkidle').catch(() => undefined)
  await line.fill('The door was open. 誰もいない。')
  await controller.keyboard.press('Enter')
  await playing.locator('[data-state="complete"]').waitFor()
  await together('play', [await picture(playing, 'overlay-play')])

  // Each mode has a window of its own.
  const gone = playing.waitForEvent('close')
  await get(controller, 'overlay.edit', { id: ID, on: true })
  await gone
  const editing = await desktop.window(url => url.pathname === '/lobby')
  await editing.locator('overlay-frame').waitFor()
  await editing.locator('[data-state="complete"]').waitFor()
  const frame = await picture(editing, 'overlay-edit')
  const settings = await picture(controller, 'controller')
  await together('edit', [settings, frame])
  await get(controller, 'overlay.edit', { id: ID, on: false })

  const quickKey = (await get(controller, 'shortcuts.list')).find(one => one.action === 'quick.open')
  await desktop.evaluate((_electron, key) => globalThis.osRecord.press(key), quickKey?.accelerator ?? '')
  const quick = await desktop.window(url => url.pathname === '/quick')
  await quick.locator('#text').waitFor()
  await picture(quick, 'quick-empty')
  await quick.locator('#text').fill('次の部屋へ、一緒に。')
  await together('quick', [await picture(quick, 'quick')])
  await lookAtSettings(controller)
  await lookAtTray()
}

async function lookAtSettings(controller: Page): Promise<void> {
  await controller.goto(new URL('/admin/settings', controller.url()).href)
  await controller.getByRole('heading').first().waitFor()
  // What lies below the part that scrolls is seen in a window that is as high as all of it, once all of it is there.
  const hidden = () =>
    controller.evaluate(() => {
      const all = [...document.querySelectorAll('main, main *')]
      return Math.max(...all.map(one => one.scrollHeight - one.clientHeight))
    })
  let [before, below] = [-1, await hidden()]
  while (before !== below) {
    await controller.waitForTimeout(500)
    ;[before, below] = [below, await hidden()]
  }
  await controller.setViewportSize({ width: 1100, height: Math.min(720 + below, 8_000) })
  await controller.screenshot({ path: join(OUT, 'settings.png') })
}

/** The system draws it: here as a list. */
async function lookAtTray(): Promise<void> {
  const items = await desktop.evaluate(() => {
    interface Item {
      label: string
      type: string
      checked: boolean
      enabled: boolean
    }
    const all = (globalThis.osRecord.trayMenu.items as Item[]) ?? []
    return all.map(({ label, type, checked, enabled }) => ({ label, type, checked, enabled }))
  }, undefined)
  const page = await chromium.context.newPage()
  await page.setViewportSize({ width: 420, height: 560 })
  await page.setContent(
    `<style>body{font:14px system-ui;margin:16px;background:#fff}hr{border:0;border-top:1px solid #ccc}p{margin:6px}</style>${items
      .map(({ label, type, checked, enabled }) =>
        type === 'separator'
          ? '<hr>'
          : `<p style="opacity:${enabled ? 1 : 0.5}">${type === 'checkbox' ? (checked ? '☑' : '☐') : '&emsp;'} ${label}</p>`,
      )
      .join('')}`,
  )
  await page.screenshot({ path: join(OUT, 'tray.png') })
  await page.close()
}

/** A window without what lies behind it. */
async function picture(page: Page, name: string): Promise<Shown> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  const png = await page.screenshot({ path: join(OUT, `${name}.png`), omitBackground: true })
  const { x, y } = await desktop.evaluate(({ BrowserWindow }, url) => {
    const shows = (one: Electron.BrowserWindow) => one.webContents.getURL() === url
    return BrowserWindow.getAllWindows().find(shows)?.getBounds() ?? { x: 0, y: 0 }
  }, page.url())
  return { x, y, image: `data:image/png;base64,${png.toString('base64')}` }
}

/** As they lie on the screen, over something like a game. */
async function together(name: string, windows: Shown[]): Promise<void> {
  const page = await chromium.context.newPage()
  await page.setViewportSize(SCREEN)
  const images = windows.map(({ x, y, image }) => `<img style="left:${x}px;top:${y}px" src="${image}">`)
  await page.setContent(`<style>body{margin:0;height:100vh;background:linear-gradient(#4d6d8f,#c9b189 55%,#3d5136 56%,#1c2a1a)}
    img{position:absolute}</style>${images.join('')}`)
  await page.screenshot({ path: join(OUT, `screen-${name}.png`) })
  await page.close()
}
