import { DEFAULT_SETTINGS } from '../../src/preload/desktop-settings.ts'
import { runsOn } from '../electron/driver.ts'
import {
  clickTray,
  controllerOf,
  expect,
  get,
  testOnOneApp as onOneApp,
  overlayOf,
  publish,
  test,
} from '../electron/test.ts'

test.afterAll(() => console.log(`the desktop specs ran on ${runsOn}`))

onOneApp(
  'the controller opens by itself, signed in, and a line typed there is typed in the overlay',
  async ({ desktop, controller }) => {
    const field = controller.getByRole('textbox').last()
    await expect(field).toBeVisible()
    await clickTray(desktop, 'overlay.toggle')
    const overlay = await overlayOf(desktop)
    await controller.getByRole('textbox').last().fill('今晚一起冲！👩‍👩‍👧')
    await controller.keyboard.press('Enter')
    await expect(overlay.locator('body')).toContainText('今晚一起冲！👩‍👩‍👧')
  },
)

onOneApp('the window of the owner asks for no password', async ({ controller }) => {
  const { token } = await get(controller, 'owner.token')
  expect(token.length).toBeGreaterThan(10)
  expect((await publish(controller, 'lobby', 'hello')).status).toBe(202)
})

test('quitting ends the server and frees its port', async ({ launch }) => {
  const desktop = await launch()
  const controller = await controllerOf(desktop)
  const { url } = await get(controller, 'server.status')
  expect((await fetch(`${url}/healthz`)).ok).toBe(true)
  await clickTray(desktop, 'quit')
  expect(await desktop.exited).toBe(0)
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
})

onOneApp('a second start brings the first to the front and ends itself', async ({ launch, desktop }) => {
  await desktop.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.hide()
  }, undefined)
  const second = await launch({ userData: desktop.userData })
  expect(await second.exited).toBe(0)
  const visible = () =>
    desktop.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().some(one => one.isVisible()),
      undefined,
    )
  await expect.poll(visible).toBe(true)
})

test('started at login it stays behind the tray icon until it is asked for', async ({ launch }) => {
  const desktop = await launch({ args: ['--hidden', '--enable-features=Vulkan'] })
  // Hotkeys on Wayland go through the desktop's portal; what the user switched on stays on.
  const features = await desktop.evaluate(
    ({ app }) => app.commandLine.getSwitchValue('enable-features'),
    undefined,
  )
  expect(features).toBe(process.platform === 'linux' ? 'Vulkan,GlobalShortcutsPortal' : 'Vulkan')
  await expect.poll(() => desktop.calls('Tray.setContextMenu')).not.toHaveLength(0)
  expect(await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, undefined)).toBe(
    0,
  )
  await clickTray(desktop, 'controller.open')
  await controllerOf(desktop)
})

test('closing the window ends the app only where the user wants that, whatever overlays there are', async ({
  launch,
}) => {
  const { general, overlays } = DEFAULT_SETTINGS
  const settings = {
    general: { ...general, closeToTray: false },
    overlays: overlays.map(one => ({ ...one, shown: true })),
  }
  const desktop = await launch({ settings, args: ['--hidden'] })
  await overlayOf(desktop)
  // Makes a new window in place of the only one.
  await clickTray(desktop, 'overlay.reset')
  await overlayOf(desktop)
  await clickTray(desktop, 'controller.open')
  await controllerOf(desktop)
  // Its address reaches main by another way than the test.
  const close = () =>
    desktop.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find(one => one.webContents.getURL().includes('/admin'))
      window?.close()
      return window !== undefined
    }, undefined)
  await expect.poll(close).toBe(true)
  expect(await desktop.exited).toBe(0)
})
