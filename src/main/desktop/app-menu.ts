import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { Actions } from './actions.ts'
import type { Words } from './words.ts'

export interface AppMenuOptions {
  platform: NodeJS.Platform
  packaged: boolean
  actions: Actions
  words(): Words
  /** Of the window that has the keyboard; 0 = as designed. */
  zoom(step: 1 | 0 | -1): void
  copyDiagnostics(): void
  openLogs(): void
  checkUpdates(): void
}

/** The native menu; without its Edit menu, copy and paste would not work on macOS. */
export function setAppMenu(options: AppMenuOptions): void {
  const { actions } = options
  const words = options.words()
  const action = (name: keyof Actions): MenuItemConstructorOptions => ({
    id: `menu.${name}`,
    label: words.actions[name],
    click: actions[name],
  })
  // Electron names its own roles in English only.
  const role = (name: keyof Words['menus']['roles']): MenuItemConstructorOptions => ({
    role: name,
    label: words.menus.roles[name],
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const edit = [
    role('undo'),
    role('redo'),
    separator,
    role('cut'),
    role('copy'),
    role('paste'),
    role('selectAll'),
  ]
  const zoom = (name: 'resetZoom' | 'zoomIn' | 'zoomOut', step: 1 | 0 | -1, accelerator: string) => ({
    id: `menu.${name}`,
    label: words.menus.roles[name],
    accelerator: `CommandOrControl+${accelerator}`,
    click: () => options.zoom(step),
  })
  const view: MenuItemConstructorOptions[] = [
    zoom('resetZoom', 0, '0'),
    zoom('zoomIn', 1, 'Plus'),
    // The same key without Shift.
    { ...zoom('zoomIn', 1, '='), id: 'menu.zoomInToo', visible: false },
    zoom('zoomOut', -1, '-'),
    separator,
    role('togglefullscreen'),
    ...(options.packaged ? [] : [role('reload'), role('toggleDevTools')]),
  ]
  const help: MenuItemConstructorOptions[] = [
    { id: 'menu.diagnostics', label: words.menus.copyDiagnostics, click: options.copyDiagnostics },
    { id: 'menu.logs', label: words.menus.openLogs, click: options.openLogs },
    { id: 'menu.updates', label: words.menus.checkUpdates, click: options.checkUpdates },
  ]
  const stage: MenuItemConstructorOptions[] = [
    action('quick.open'),
    action('line.next'),
    action('line.clear'),
    separator,
    action('overlay.toggle'),
    action('overlay.edit'),
    action('overlay.reset'),
    ...(options.platform === 'darwin' ? [] : [separator, { role: 'quit' as const, label: words.menus.quit }]),
  ]
  /** What every app on macOS has under its name. */
  const ofTheSystem = [
    role('about'),
    separator,
    role('services'),
    separator,
    role('hide'),
    role('hideOthers'),
    role('unhide'),
    separator,
    { role: 'quit' as const, label: words.menus.quit },
  ]
  const menu = Menu.buildFromTemplate([
    ...(options.platform === 'darwin' ? [{ label: words.appName, submenu: ofTheSystem }] : []),
    { label: options.platform === 'darwin' ? words.menus.stage : words.appName, submenu: stage },
    { label: words.menus.edit, submenu: edit },
    { label: words.menus.view, submenu: view },
    { label: words.menus.window, role: 'windowMenu', submenu: [role('minimize'), role('close')] },
    { label: words.menus.help, role: 'help', submenu: help },
  ])
  Menu.setApplicationMenu(menu)
}
