import type { MenuItemConstructorOptions } from 'electron'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DEFAULT_SETTINGS } from '../../preload/desktop-settings.ts'
import type { Actions } from './actions.ts'
import { setAppMenu } from './app-menu.ts'
import { createTray } from './tray.ts'
import { ja } from './words/ja.ts'

const electron = vi.hoisted(() => ({
  build: vi.fn<(template: unknown) => unknown>(template => template),
  setContextMenu: vi.fn<(menu: unknown) => void>(),
}))
vi.mock('electron', () => ({
  Menu: { buildFromTemplate: electron.build, setApplicationMenu: () => undefined },
  nativeImage: { createFromPath: () => ({ setTemplateImage: () => undefined }) },
  Tray: class {
    on = () => undefined
    setToolTip = () => undefined
    setContextMenu = electron.setContextMenu
  },
}))
beforeEach(() => vi.clearAllMocks())

const nothing = () => undefined
const actions = Object.fromEntries(
  Object.keys(DEFAULT_SETTINGS.shortcuts).map(action => [action, nothing]),
) as Actions

type Item = MenuItemConstructorOptions & { submenu?: Item[] }

describe('the menu', () => {
  it.each(['darwin', 'win32', 'linux'] as const)('speaks the language of the app on %s', platform => {
    const options = { actions, words: () => ja, zoom: nothing, copyDiagnostics: nothing, openLogs: nothing }
    setAppMenu({ ...options, platform, packaged: true, checkUpdates: nothing })
    const menus = electron.build.mock.calls[0]?.[0] as Item[]
    expect(menus).toHaveLength(platform === 'darwin' ? 6 : 5)
    const items = menus.flatMap(one => [one, ...(one.submenu ?? [])]).filter(one => one.type !== 'separator')
    // Without a label of its own, an item says Electron's English one.
    expect(items.filter(one => !one.label)).toEqual([])
    expect(items.filter(one => one.role === 'quit')).toHaveLength(1)
  })
})

describe('the tray', () => {
  it('ticks what is so, also where a click had nothing to do and the system ticked it', () => {
    const state = { overlays: [], settings: DEFAULT_SETTINGS, server: { url: 'http://127.0.0.1:8000' } }
    createTray(state as never, {
      icon: 'tray.png',
      platform: 'linux',
      actions,
      words: () => ja,
      copyAddress: nothing,
      quit: nothing,
    })
    const shown = () => electron.setContextMenu.mock.calls.at(-1)?.[0] as Item[]
    const item = shown().find(one => one.id === 'overlay.clickThrough')
    expect(item?.checked).toBe(false)
    item?.click?.({} as never, undefined, {} as never)
    expect(electron.setContextMenu).toHaveBeenCalledTimes(2)
    expect(shown().find(one => one.id === 'overlay.clickThrough')?.checked).toBe(false)
  })
})
