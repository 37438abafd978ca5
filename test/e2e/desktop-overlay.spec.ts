import type { Page } from '@playwright/test'
import type { Desktop } from '../electron/driver.ts'
import { askAsPreload } from '../electron/isolated-world.ts'
import {
  clickTray,
  controllerOf,
  display,
  expect,
  get,
  testOnOneApp as onOneApp,
  overlayOf,
  plugDisplays,
  press,
  publish,
  test,
  trayItem,
  windowFacts,
} from '../electron/test.ts'

const ID = 'overlay-1'

/** As it is seen: of the window, and of the page in it. */
async function opacityOf(desktop: Desktop): Promise<number> {
  const ofWindow = await desktop.evaluate(({ BrowserWindow }) => {
    const shown = BrowserWindow.getAllWindows().find(one => one.webContents.getURL().includes('/lobby'))
    return shown?.getOpacity() ?? 0
  }, undefined)
  const page = await overlayOf(desktop)
  const ofPage = await page.evaluate(() => Number(getComputedStyle(document.documentElement).opacity))
  // What the system keeps of a tenth is no tenth everywhere.
  return Math.round(ofWindow * ofPage * 100) / 100
}

onOneApp(
  'play mode: on top, on every workspace, without the keyboard, mouse through',
  async ({ desktop }) => {
    await clickTray(desktop, 'overlay.toggle')
    await overlayOf(desktop)
    const facts = await windowFacts(desktop, '/lobby')
    expect(facts).toMatchObject({
      visible: true,
      onTop: true,
      focusable: false,
      ignoresMouse: true,
      onAllWorkspaces: true,
    })
    const level = (await desktop.calls('BrowserWindow.setAlwaysOnTop')).at(-1)?.args
    expect(level).toEqual([true, 'screen-saver'])
  },
)

onOneApp('the page in it has no bridge, and its ground is transparent', async ({ desktop, controller }) => {
  await clickTray(desktop, 'overlay.toggle')
  const overlay = await overlayOf(desktop)
  expect(await overlay.evaluate(() => typeof window.desktop)).toBe('undefined')
  await publish(controller, 'lobby', 'hello')
  const ground = () => overlay.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await expect.poll(ground).toBe('rgba(0, 0, 0, 0)')
})

onOneApp(
  'edit mode: a frame to move and resize by, then back to play mode in the new place',
  async ({ desktop, controller }) => {
    await get(controller, 'overlay.edit', { id: ID, on: true })
    let overlay = await overlayOf(desktop)
    await overlay.locator('overlay-frame').waitFor()
    const before = await windowFacts(desktop, '/lobby')
    expect(before).toMatchObject({ visible: true, focusable: true, ignoresMouse: false })
    if (!before) return
    const { width, height } = before.bounds

    await overlay.mouse.move(width / 2, height / 2)
    await overlay.mouse.down()
    await overlay.mouse.move(width / 2 + 40, height / 2 - 60)
    await overlay.mouse.up()
    const moved = () => windowFacts(desktop, '/lobby').then(facts => facts?.bounds)
    await expect.poll(moved).toEqual({ ...before.bounds, x: before.bounds.x + 40, y: before.bounds.y - 60 })

    await overlay.mouse.move(width - 8, height - 8)
    await overlay.mouse.down()
    await overlay.mouse.move(width - 208, height - 108)
    await overlay.mouse.up()
    await expect.poll(async () => (await moved())?.width).toBe(width - 200)
    await expect.poll(async () => (await moved())?.height).toBe(height - 100)

    await overlay.keyboard.press('ArrowRight')
    await expect.poll(async () => (await moved())?.x).toBe(before.bounds.x + 41)
    await overlay.screenshot({ path: 'test-results/overlay-edit.png' })
    // The window goes while the key is still down.
    await overlay.keyboard.press('Escape').catch(() => undefined)
    await expect.poll(async () => (await get(controller, 'overlay.list'))[0]?.editing).toBe(false)
    overlay = await overlayOf(desktop)
    await expect
      .poll(() => windowFacts(desktop, '/lobby'))
      .toMatchObject({ ignoresMouse: true, focusable: false })
    const kept = (await get(controller, 'overlay.list'))[0]
    expect(kept?.bounds).toMatchObject({ x: before.bounds.x + 41, width: width - 200 })
  },
)

test('it stands after a restart where it was left, and is shown again', async ({ launch, folder }) => {
  const first = await launch({ userData: folder })
  const controller = await controllerOf(first)
  await get(controller, 'overlay.edit', { id: ID, on: true })
  const overlay = await overlayOf(first)
  await overlay.locator('overlay-frame').waitFor()
  const bounds = async () => (await get(controller, 'overlay.list'))[0]?.bounds
  const before = await bounds()
  if (!before) throw new Error('there is no overlay')
  // At first it sticks to the screen's middle and lower edge: keys leave both, as they are meant for a pixel more.
  await overlay.keyboard.press('ArrowRight')
  await expect.poll(bounds).toEqual({ ...before, x: before.x + 1 })
  await overlay.keyboard.press('Alt+ArrowUp')
  await expect.poll(bounds).toEqual({ ...before, x: before.x + 1, y: before.y - 10 })
  // The window goes while the key is still down.
  await overlay.keyboard.press('Enter').catch(() => undefined)
  await expect.poll(async () => (await get(controller, 'overlay.list'))[0]?.editing).toBe(false)
  const [left] = await get(controller, 'overlay.list')
  await clickTray(first, 'quit')
  await first.exited

  const second = await launch({ userData: folder })
  const [found] = await get(await controllerOf(second), 'overlay.list')
  expect(found).toMatchObject({ bounds: left?.bounds, shown: true })
  await overlayOf(second)
})

onOneApp('zoom steps are tenths, also from the smallest, which is none', async ({ desktop, controller }) => {
  await get(controller, 'overlay.change', { id: ID, change: { zoom: 0.25 } })
  await get(controller, 'overlay.edit', { id: ID, on: true })
  const overlay = await overlayOf(desktop)
  await overlay.locator('overlay-frame').waitFor()
  const zoom = async () => (await get(controller, 'overlay.list'))[0]?.zoom
  const step = (by: 1 | -1) => askAsPreload(overlay, [['frame.adjust', { what: 'zoom', step: by }]])
  await step(1)
  expect(await zoom()).toBe(0.3)
  await step(1)
  expect(await zoom()).toBe(0.4)
  await step(-1)
  await step(-1)
  expect(await zoom()).toBe(0.25)
  // The frame's own buttons keep the size of a finger.
  const ofFrame = () =>
    overlay.locator('overlay-frame').evaluate(one => Number(getComputedStyle(one).getPropertyValue('zoom')))
  await expect.poll(ofFrame).toBe(4)
  await get(controller, 'overlay.change', { id: ID, change: { zoom: 2 } })
  await expect.poll(ofFrame).toBe(0.5)
  await overlay.screenshot({ path: 'test-results/overlay-edit-zoomed.png' })
  // The menu's zoom is the same one, kept for the next window; without an overlay in hand it is the controller's.
  const choose = (id: string) =>
    desktop.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id)
  await choose('menu.zoomOut')
  await expect.poll(zoom).toBe(1.9)
  await choose('menu.resetZoom')
  await expect.poll(zoom).toBe(1)
  await get(controller, 'overlay.edit', { id: ID, on: false })
  await clickTray(desktop, 'controller.open')
  await choose('menu.zoomIn')
  await expect.poll(() => controller.evaluate(() => devicePixelRatio)).toBeGreaterThan(1)
  expect(await zoom()).toBe(1)
  await choose('menu.resetZoom')
  await expect.poll(() => controller.evaluate(() => devicePixelRatio)).toBe(1)
})

onOneApp(
  'its display is unplugged: it comes back onto a screen, and returns when plugged in again',
  async ({ desktop, controller }) => {
    await plugDisplays(desktop, [display(1, 0), display(2, 1920, 1280, 720)])
    await get(controller, 'overlay.change', { id: ID, change: { shown: true, display: 2 } })
    await overlayOf(desktop)
    const onSecond = await windowFacts(desktop, '/lobby')
    expect(onSecond?.bounds.x).toBeGreaterThanOrEqual(1920)

    await plugDisplays(desktop, [display(1, 0)])
    const bounds = () => windowFacts(desktop, '/lobby').then(facts => facts?.bounds)
    await expect.poll(async () => (await bounds())?.x).toBeLessThan(1920)
    const [status] = await get(controller, 'overlay.list')
    expect(status).toMatchObject({ displayMissing: true, displayLabel: 'Screen 1' })
    const notices = await get(controller, 'notices.list')
    expect(notices.map(one => one.code)).toContain('display-missing')

    await plugDisplays(desktop, [display(1, 0), display(2, 1920, 1280, 720)])
    await expect.poll(bounds).toEqual(onSecond?.bounds)
    expect((await get(controller, 'notices.list')).map(one => one.code)).not.toContain('display-missing')
  },
)

onOneApp(
  'it cannot trap its user: the hotkey and the tray both bring it back',
  async ({ desktop, controller }) => {
    await clickTray(desktop, 'overlay.toggle')
    await overlayOf(desktop)
    await get(controller, 'overlay.change', { id: ID, change: { opacity: 0.1, zoom: 4 } })
    await expect.poll(() => opacityOf(desktop)).toBe(0.1)
    await get(controller, 'overlay.change', { id: ID, change: { opacity: 0.3 } })
    await expect.poll(() => opacityOf(desktop)).toBe(0.3)
    expect(await press(desktop, 'CommandOrControl+Shift+F10')).toBe(true)
    await expect.poll(() => windowFacts(desktop, '/lobby')).toMatchObject({ ignoresMouse: false })
    // Another window, as faded as the one before.
    await expect.poll(() => opacityOf(desktop)).toBe(0.3)
    await clickTray(desktop, 'overlay.clickThrough')
    await expect.poll(() => windowFacts(desktop, '/lobby')).toMatchObject({ ignoresMouse: true })
    expect(await press(desktop, 'CommandOrControl+Shift+F11')).toBe(true)
    await expect
      .poll(() => windowFacts(desktop, '/lobby'))
      .toMatchObject({ ignoresMouse: false, visible: true })
    await expect.poll(() => opacityOf(desktop)).toBe(1)
    expect((await get(controller, 'overlay.list'))[0]).toMatchObject({
      zoom: 1,
      clickThrough: false,
      places: {},
    })
  },
)

onOneApp('several overlays, each with its room and layout', async ({ desktop, controller }) => {
  const { token } = await get(controller, 'owner.token')
  const { url } = await get(controller, 'server.status')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ id: 'den', name: 'Den' })
  await fetch(`${url}/api/v1/rooms`, { method: 'POST', headers, body })
  const added = await get(controller, 'overlay.add', { room: 'den' })
  await get(controller, 'overlay.change', { id: added.id, change: { layout: 'chat', name: 'Side', zoom: 2 } })
  await clickTray(desktop, 'overlay.toggle')
  await clickTray(desktop, 'overlay.toggle')
  const second = await desktop.window(
    one => one.pathname === '/den' && one.searchParams.get('layout') === 'chat',
  )
  const first = await overlayOf(desktop)
  expect(new URL(first.url()).searchParams.get('label')).toBe('Overlay 1')
  const zoomOf = (page: Page) => page.evaluate(() => devicePixelRatio)
  await expect.poll(() => zoomOf(second)).toBe(2)
  expect(await zoomOf(first)).toBe(1)
  await publish(controller, 'den', 'only here')
  await expect(second.locator('body')).toContainText('only here')
  // OBS's window capture finds it by this title, and the controller lists its player by the same name.
  await expect.poll(async () => (await windowFacts(desktop, '/den'))?.title).toBe('Streaming Message · Side')
  expect(new URL(second.url()).searchParams.get('label')).toBe('Side')
  await get(controller, 'overlay.remove', { id: added.id })
  await expect.poll(() => windowFacts(desktop, '/den')).toBeUndefined()
})

onOneApp('a room that is not open to everybody: its overlay has the key', async ({ desktop, controller }) => {
  const { token } = await get(controller, 'owner.token')
  const { url } = await get(controller, 'server.status')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const open = async (watchKey: string | null) => {
    const change = { method: 'PATCH', headers, body: JSON.stringify({ watchKey }) }
    expect((await fetch(`${url}/api/v1/rooms/lobby`, change)).ok).toBe(true)
  }
  await open('friends-only')
  await clickTray(desktop, 'overlay.toggle')
  const overlay = await overlayOf(desktop)
  await publish(controller, 'lobby', 'among friends')
  await expect(overlay.locator('body')).toContainText('among friends')
  await open(null)
})

onOneApp(
  'streamer only keeps it out of captures, or hides it where the system cannot',
  async ({ desktop, controller }) => {
    await clickTray(desktop, 'overlay.toggle')
    await overlayOf(desktop)
    const { can } = await get(controller, 'app.info')
    await clickTray(desktop, 'overlay.streamerOnly')
    const expected = can.hideFromCapture ? { visible: true, contentProtected: true } : { visible: false }
    await expect.poll(() => windowFacts(desktop, '/lobby')).toMatchObject(expected)
    expect(await trayItem(desktop, 'overlay.streamerOnly')).toMatchObject({ checked: true })
    await clickTray(desktop, 'overlay.streamerOnly')
    await expect
      .poll(() => windowFacts(desktop, '/lobby'))
      .toMatchObject({ visible: true, contentProtected: false })
  },
)

onOneApp('a key colour for window capture', async ({ desktop, controller }) => {
  await get(controller, 'overlay.change', { id: ID, change: { shown: true, ground: 'green' } })
  await overlayOf(desktop)
  expect((await desktop.calls('BrowserWindow.setBackgroundColor')).at(-1)?.args).toEqual(['#00ff00'])
})

onOneApp(
  'its page crashes: it comes back in the mode it was in, and the server never stopped',
  async ({ desktop, controller }) => {
    await clickTray(desktop, 'overlay.toggle')
    await overlayOf(desktop)
    await desktop.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) {
        if (window.webContents.getURL().includes('/lobby')) window.webContents.forcefullyCrashRenderer()
      }
    }, undefined)
    const codes = async () => (await get(controller, 'notices.list')).map(one => one.code)
    await expect.poll(codes).toContain('window-restarted')
    await expect
      .poll(() => windowFacts(desktop, '/lobby'))
      .toMatchObject({ visible: true, ignoresMouse: true })
    const overlay = await overlayOf(desktop)
    await publish(controller, 'lobby', 'still here')
    await expect(overlay.locator('body')).toContainText('still here')
  },
)
