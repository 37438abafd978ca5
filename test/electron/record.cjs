/**
 * Writes down what the app asks of the operating system, and answers where a user would. It works by wrapping the
 * `electron` module's functions before the app starts, so it is the same for the stand-in (loaded by register.ts) and for
 * real Electron (`electron -r record.cjs .`). Tests reach it as `globalThis.osRecord`.
 */
'use strict'

const electron = require('electron')

const record = {
  /** When the app's own code begins to run: Unix time in ms. */
  startedAt: performance.timeOrigin + performance.now(),
  /** @type {{ call: string, args: unknown[], window?: number }[]} */
  calls: [],
  /** @type {Map<string, () => void>} what a press of each registered accelerator runs */
  shortcuts: new Map(),
  /** @type {{ items: object[] } | undefined} */
  trayMenu: undefined,
  /** What the next dialogs answer, oldest first; those of the start come by a file. Without one, they are cancelled. */
  answers: process.env.OS_ANSWERS
    ? JSON.parse(require('node:fs').readFileSync(process.env.OS_ANSWERS, 'utf8'))
    : [],
  /** Accelerators, in lower case, that another program holds: the system refuses them. */
  taken: new Set(),
  /** @type {object[] | undefined} */
  displays: undefined,
  press(accelerator) {
    const run = record.shortcuts.get(accelerator.toLowerCase())
    if (!run || electron.globalShortcut.isSuspended()) return false
    run()
    return true
  },
  /** Clicks a menu item by its id. */
  click(menu, id) {
    const item = find(menu, id)
    if (!item) throw new Error(`no menu item has the id ${id}`)
    item.click({}, undefined, undefined)
  },
  find,
  /** Unplugs and plugs: the list replaces what the system has (undefined: no longer), and the difference is told to the app. */
  setDisplays(list) {
    const before = electron.screen.getAllDisplays()
    record.displays = list
    const displays = electron.screen.getAllDisplays()
    for (const one of before)
      if (!displays.some(d => d.id === one.id)) electron.screen.emit('display-removed', {}, one)
    for (const one of displays)
      if (!before.some(d => d.id === one.id)) electron.screen.emit('display-added', {}, one)
  },
}
globalThis.osRecord = record

function find(menu, id) {
  for (const item of menu?.items ?? []) {
    const found = item.id === id ? item : item.submenu && find(item.submenu, id)
    if (found) return found
  }
  return undefined
}

const plain = value => {
  try {
    return structuredClone(value)
  } catch {
    return `[${typeof value}]`
  }
}

/** @param {object} owner @param {string} label @param {string} name @param {(next: Function, args: unknown[], self: object) => unknown} [instead] */
function wrap(owner, label, name, instead) {
  const original = owner[name]
  if (typeof original !== 'function') return
  Object.defineProperty(owner, name, {
    configurable: true,
    writable: true,
    value: function wrapped(...args) {
      record.calls.push({ call: `${label}.${name}`, args: args.map(plain), window: this?.id })
      const next = () => original.apply(this, args)
      return instead ? instead(next, args, this) : next()
    },
  })
}

for (const name of [
  'setAlwaysOnTop',
  'setIgnoreMouseEvents',
  'setVisibleOnAllWorkspaces',
  'setContentProtection',
]) {
  wrap(electron.BrowserWindow.prototype, 'BrowserWindow', name)
}
for (const name of [
  'setFocusable',
  'setOpacity',
  'setBackgroundColor',
  'showInactive',
  'show',
  'hide',
  'setSkipTaskbar',
]) {
  wrap(electron.BrowserWindow.prototype, 'BrowserWindow', name)
}
wrap(electron.Tray.prototype, 'Tray', 'setContextMenu', (next, [menu]) => {
  record.trayMenu = menu
  return next()
})
wrap(electron.Tray.prototype, 'Tray', 'setToolTip')
wrap(electron.Notification.prototype, 'Notification', 'show', () => undefined)
wrap(electron.globalShortcut, 'globalShortcut', 'register', (next, [accelerator, callback]) => {
  if (record.taken.has(accelerator.toLowerCase())) return false
  const registered = next()
  if (registered) record.shortcuts.set(accelerator.toLowerCase(), callback)
  return registered
})
wrap(electron.globalShortcut, 'globalShortcut', 'unregister', (next, [accelerator]) => {
  record.shortcuts.delete(accelerator.toLowerCase())
  return next()
})
wrap(electron.globalShortcut, 'globalShortcut', 'unregisterAll', next => {
  record.shortcuts.clear()
  return next()
})
const answered = fallback => async () => record.answers.shift() ?? fallback
wrap(electron.dialog, 'dialog', 'showMessageBox', answered({ response: 0, checkboxChecked: false }))
wrap(electron.dialog, 'dialog', 'showOpenDialog', answered({ canceled: true, filePaths: [] }))
wrap(electron.dialog, 'dialog', 'showErrorBox', () => undefined)
wrap(electron.shell, 'shell', 'openExternal', async () => undefined)
wrap(electron.shell, 'shell', 'openPath', async () => '')
wrap(electron.app, 'app', 'setLoginItemSettings')
wrap(electron.app, 'app', 'setAppUserModelId')
wrap(electron.app, 'app', 'setAsDefaultProtocolClient', () => true)
wrap(electron.app, 'app', 'relaunch', () => undefined)

const inside = (point, { x, y, width, height }) =>
  point.x >= x && point.x < x + width && point.y >= y && point.y < y + height
const fromList = pick => (next, args) => (record.displays ? pick(record.displays, ...args) : next())
// A screen cannot be asked before the app is ready.
electron.app.whenReady().then(() => {
  wrap(
    electron.screen,
    'screen',
    'getAllDisplays',
    fromList(all => all),
  )
  wrap(
    electron.screen,
    'screen',
    'getPrimaryDisplay',
    fromList(all => all[0]),
  )
  wrap(
    electron.screen,
    'screen',
    'getDisplayNearestPoint',
    fromList((all, at) => all.find(d => inside(at, d.bounds)) ?? all[0]),
  )
  const middle = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 })
  wrap(
    electron.screen,
    'screen',
    'getDisplayMatching',
    fromList((all, at) => all.find(d => inside(middle(at), d.bounds)) ?? all[0]),
  )
})
