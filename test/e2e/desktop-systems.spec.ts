import type { Desktop } from '../electron/driver.ts'
import { electronPath } from '../electron/driver.ts'
import { PLATFORM } from '../electron/stand-in/platform.ts'
import {
  clickTray,
  controllerOf,
  expect,
  get,
  overlayOf,
  press,
  test,
  windowFacts,
} from '../electron/test.ts'

/** What the app asks of each system. */
test.skip(electronPath !== undefined, 'real Electron runs on the system that it is on')

interface Made {
  window: number
  options: Record<string, unknown>
}

async function windowsOf(desktop: Desktop): Promise<Made[]> {
  const calls = await desktop.calls('new BrowserWindow')
  return calls.map(({ args, window }) => ({
    window: window ?? 0,
    options: args[0] as Record<string, unknown>,
  }))
}

test('macOS: windows over a game are panels on every space, captures leave them out, the Dock brings the app back', async ({
  launch,
}) => {
  const desktop = await launch({ env: { [PLATFORM]: 'darwin' } })
  const controller = await controllerOf(desktop)
  await clickTray(desktop, 'overlay.toggle')
  await overlayOf(desktop)
  expect(await press(desktop, 'CommandOrControl+Shift+F6')).toBe(true)
  await desktop.window(url => url.pathname === '/quick')

  const [main, ...overGames] = await windowsOf(desktop)
  expect(main?.options).not.toHaveProperty('type')
  expect(overGames.map(one => one.options.type)).toEqual(overGames.map(() => 'panel'))
  expect(overGames.length).toBeGreaterThan(1)
  const spaces = await desktop.calls('BrowserWindow.setVisibleOnAllWorkspaces')
  const wholeScreen = { visibleOnFullScreen: true, skipTransformProcessType: true }
  for (const { window } of overGames)
    expect(spaces.filter(one => one.window === window).map(one => one.args)).toContainEqual([
      true,
      wholeScreen,
    ])

  await get(controller, 'overlay.change', { id: 'overlay-1', change: { opacity: 0.5 } })
  await expect.poll(async () => (await desktop.calls('BrowserWindow.setOpacity')).at(-1)?.args).toEqual([0.5])
  await clickTray(desktop, 'overlay.streamerOnly')
  await expect
    .poll(() => windowFacts(desktop, '/lobby'))
    .toMatchObject({ visible: true, contentProtected: true })

  const menu = await desktop.evaluate(
    ({ Menu }) =>
      Menu.getApplicationMenu()
        ?.items[0]?.submenu?.items.map(one => one.role)
        .filter(Boolean),
    undefined,
  )
  expect(menu).toEqual(['about', 'services', 'hide', 'hideOthers', 'unhide', 'quit'])

  await desktop.evaluate(({ BrowserWindow }) => {
    for (const one of BrowserWindow.getAllWindows())
      if (one.webContents.getURL().includes('/admin')) one.close()
  }, undefined)
  await expect.poll(() => windowFacts(desktop, '/admin')).toBeUndefined()
  await desktop.evaluate(({ app }) => void app.emit('activate'), undefined)
  await expect.poll(() => windowFacts(desktop, '/admin')).toMatchObject({ visible: true })
})

test('Windows: known by its id, no border to show a title, all is written down when the session ends', async ({
  launch,
}) => {
  const desktop = await launch({ env: { [PLATFORM]: 'win32' } })
  await controllerOf(desktop)
  expect(await desktop.calls('app.setAppUserModelId')).toMatchObject([
    { args: ['io.github.streaming-message'] },
  ])
  await clickTray(desktop, 'overlay.toggle')
  await overlayOf(desktop)
  const [, overlay] = await windowsOf(desktop)
  expect(overlay?.options).toMatchObject({ frame: false, thickFrame: false, focusable: false })
  expect(overlay?.options).not.toHaveProperty('titleBarStyle')
  await clickTray(desktop, 'overlay.streamerOnly')
  await expect
    .poll(() => windowFacts(desktop, '/lobby'))
    .toMatchObject({ visible: true, contentProtected: true })

  // Windows gives no other sign, and waits for nothing that comes later.
  const kept = await desktop.evaluate(({ BrowserWindow }, file) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setBounds({ x: 321, y: 123 })
    window?.emit('session-end')
    const { readFileSync } = process.getBuiltinModule('node:fs')
    return JSON.parse(readFileSync(`${file}/desktop.json`, 'utf8')).controllerWindow.bounds
  }, desktop.userData)
  expect(kept).toMatchObject({ x: 321, y: 123 })
})

test('left maximised, the window comes back maximised, and to its size by one click', async ({ launch }) => {
  const place = { x: 60, y: 50, width: 900, height: 640 }
  const settings = { controllerWindow: { bounds: place, maximized: true } }
  const desktop = await launch({ settings })
  await controllerOf(desktop)
  const state = () =>
    desktop.evaluate(({ BrowserWindow }) => {
      const [one] = BrowserWindow.getAllWindows()
      return { maximized: one?.isMaximized(), visible: one?.isVisible(), normal: one?.getNormalBounds() }
    }, undefined)
  await expect.poll(state).toEqual({ maximized: true, visible: true, normal: place })
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.unmaximize(), undefined)
  expect(await state()).toEqual({ maximized: false, visible: true, normal: place })
})
