import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { lineage } from '../electron/contract.ts'
import { instances, refuseArguments } from '../electron/contract-check.ts'
import { contract, offers } from '../electron/guard.ts'
import { App, app } from '../electron/stand-in/app.ts'
import { electron } from '../electron/stand-in/index.ts'
import { ipcCore } from '../electron/stand-in/ipc.ts'
import { Menu, Tray } from '../electron/stand-in/menu.ts'
import { NativeImage } from '../electron/stand-in/native-image.ts'
import { ClientRequest } from '../electron/stand-in/net.ts'
import { sessionOf } from '../electron/stand-in/session.ts'
import { state } from '../electron/stand-in/state.ts'
import * as system from '../electron/stand-in/system.ts'
import { WebContents } from '../electron/stand-in/web-contents.ts'
import { BrowserWindow } from '../electron/stand-in/window.ts'

/** What the stand-in's own files call between each other, never the app (the guard hides it). */
const INTERNAL = new Set(['markDestroyed', 'receive', 'launch', 'handlers'])

/** The methods of the class, and what an instance itself carries. */
function membersOf(value: object): string[] {
  const instance = typeof value === 'function' ? value.prototype : value
  const inherited = Object.getPrototypeOf(instance)
  const names = [instance, typeof value === 'function' ? {} : inherited].flatMap(one =>
    Object.getOwnPropertyNames(one),
  )
  const common = Object.getOwnPropertyNames(Object.prototype)
  const emitter = [...Object.getOwnPropertyNames(EventEmitter.prototype), 'domain']
  return names.filter(name => !common.includes(name) && !emitter.includes(name) && !INTERNAL.has(name))
}

const refused = (name: string, method: string, ...args: unknown[]) => {
  const overloads = lineage(contract, name)
    .map(shape => shape.methods.get(method))
    .find(one => one !== undefined)
  if (!overloads) throw new Error(`Electron has no ${name}.${method}`)
  return refuseArguments(contract, overloads, args)
}

describe('the stand-in offers nothing that the installed Electron lacks', () => {
  const parts = {
    App: new App(),
    BrowserWindow,
    ClientRequest,
    IpcMain: ipcCore,
    Menu,
    MenuItem: Menu.buildFromTemplate([{ label: 'one' }]).items[0] ?? {},
    NativeImage,
    Session: sessionOf(''),
    Tray,
    WebContents,
  }
  it.each(Object.entries(parts))('%s', (name, part) => {
    const shapes = lineage(contract, name)
    const members = membersOf(part)
    expect(members.length).toBeGreaterThan(0)
    expect(members.filter(member => !offers(shapes, member))).toEqual([])
  })

  const modules = Object.keys(system).filter(name => contract.exports.has(name) && name !== 'Notification')
  it.each(modules)('%s', name => {
    const shapes = lineage(contract, contract.exports.get(name) ?? '')
    const members = membersOf((system as Record<string, object>)[name] ?? {})
    expect(members.length).toBeGreaterThan(0)
    expect(members.filter(member => !offers(shapes, member))).toEqual([])
  })

  it('exports only names that Electron exports', () => {
    expect(Object.keys(electron).length).toBeGreaterThan(20)
    expect(Object.keys(electron).filter(name => !contract.exports.has(name))).toEqual([])
  })
})

describe('the stand-in has on each system what Electron has there', () => {
  const here = process.platform
  const as = <T>(platform: NodeJS.Platform, ask: () => T): T => {
    Object.defineProperty(process, 'platform', { value: platform })
    try {
      return ask()
    } finally {
      Object.defineProperty(process, 'platform', { value: here })
    }
  }

  it.each<[string, () => unknown, string[]]>([
    ['the key store by name', () => system.safeStorage.getSelectedStorageBackend, ['linux']],
    ['the id of the taskbar', () => app.setAppUserModelId, ['win32']],
    ['login items', () => app.setLoginItemSettings, ['darwin', 'win32']],
  ])('%s', (_what, member, platforms) => {
    const found = (['darwin', 'linux', 'win32'] as const).filter(one => as(one, member) !== undefined)
    expect(found).toEqual(platforms)
  })
})

describe('the stand-in refuses the arguments that Electron refuses', () => {
  it('a fraction where a rectangle needs whole pixels', () => {
    expect(refused('BrowserWindow', 'setBounds', { x: 1.5, y: 0, width: 10, height: 10 })).toMatch(
      /not an integer/,
    )
    expect(refused('BrowserWindow', 'setBounds', { x: 1 })).toBeUndefined()
    expect(refused('BrowserWindow', 'setBounds', { x: 2 ** 31 })).toMatch(/not an integer/)
    expect(refused('BrowserWindow', 'setPosition', 10.5, 0)).toMatch(/not an integer/)
    expect(refused('BrowserWindow', 'setSize', 10, 20)).toBeUndefined()
    // A factor and an opacity may be fractions.
    expect(refused('WebContents', 'setZoomFactor', 1.25)).toBeUndefined()
    expect(refused('BrowserWindow', 'setOpacity', 0.5)).toBeUndefined()
  })

  it('a level, an option or a menu type that does not exist', () => {
    expect(refused('BrowserWindow', 'setAlwaysOnTop', true, 'screen-saver')).toBeUndefined()
    expect(refused('BrowserWindow', 'setAlwaysOnTop', true, 'highest')).toMatch(/conversion failure/)
    expect(refused('BrowserWindow', 'constructor', { webPreferences: { sandboxed: true } })).toMatch(
      /does not know/,
    )
    expect(refused('Menu', 'static buildFromTemplate', [{ type: 'line' }])).toMatch(/conversion failure/)
  })

  it('a value of the wrong kind in a table of names, and in a request beside what it passes over', () => {
    const extra = (value: unknown) =>
      refused('CrashReporter', 'start', { submitURL: 'http://127.0.0.1/', extra: value })
    expect(extra({ room: 'lobby' })).toBeUndefined()
    expect(extra({ room: 1 })).toMatch(/conversion failure/)
    expect(extra(['lobby'])).toMatch(/conversion failure/)
    const request = (options: object) => () => electron.net.request(options as never)
    expect(request({ url: 'http://127.0.0.1:9/', method: 1 })).toThrow(/conversion failure/)
    const sent = request({ url: 'http://127.0.0.1:9/', agent: null })()
    sent.on('error', () => undefined)
    sent.abort()
  })

  it('too few arguments, and a thing of the wrong class', () => {
    expect(refused('GlobalShortcut', 'register', 'F1')).toBe('Insufficient number of arguments.')
    expect(refused('Tray', 'setContextMenu', { items: [] })).toMatch(/conversion failure/)
    const menu = Menu.buildFromTemplate([])
    expect(instances.has(menu)).toBe(true)
    expect(refused('Tray', 'setContextMenu', menu)).toBeUndefined()
  })

  it('what it does not do before the app is ready', () => {
    const early = [
      () => system.globalShortcut.register('F9', () => undefined),
      () => system.screen.getAllDisplays(),
      () => system.dialog.showMessageBox({ message: 'hello' }),
      () => new electron.Tray('tray.png' as never),
    ]
    for (const call of early) expect(call).toThrow(/before the app is ready/)
    expect(system.safeStorage.getSelectedStorageBackend()).not.toBe('')
  })

  it('an accelerator that it cannot read', () => {
    state.ready = true
    const register = (accelerator: string) => () =>
      system.globalShortcut.register(accelerator, () => undefined)
    expect(register('Ctrl+Alt+Banana')).toThrow(TypeError)
    expect(register('CommandOrControl+Alt+F9')()).toBe(true)
    expect(register('CommandOrControl+Alt+F9')()).toBe(false)
  })

  it('a menu item without a click that is disabled, and toggles a checkbox first', () => {
    const clicks: boolean[] = []
    const menu = Menu.buildFromTemplate([
      { label: 'on', type: 'checkbox', click: item => clicks.push((item as { checked: boolean }).checked) },
      { label: 'off', enabled: false, click: () => clicks.push(false) },
    ])
    for (const item of menu.items) item.click()
    expect(clicks).toEqual([true])
  })
})
