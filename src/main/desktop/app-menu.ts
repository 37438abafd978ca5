import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { Actions } from './actions.ts'
import type { Words } from './words.ts'

export interface AppMenuOptions {
  platform: NodeJS.Platform
  packaged: boolean
  actions: Actions
  words(): Words
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
  const edit: MenuItemConstructorOptions[] = [
    { role: 'undo' },
    { role: 'redo' },
    { type: 'separator' },
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ]
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(options.packaged ? [] : [{ role: 'reload' as const }, { role: 'toggleDevTools' as const }]),
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
    { type: 'separator' },
    action('overlay.toggle'),
    action('overlay.edit'),
    action('overlay.reset'),
    ...(options.platform === 'darwin' ? [] : [{ type: 'separator' as const }, { role: 'quit' as const }]),
  ]
  const menu = Menu.buildFromTemplate([
    ...(options.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    { label: words.appName, submenu: stage },
    { label: words.menus.edit, submenu: edit },
    { label: words.menus.view, submenu: view },
    { label: words.menus.window, role: 'windowMenu' },
    { label: words.menus.help, role: 'help', submenu: help },
  ])
  Menu.setApplicationMenu(menu)
}
