import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron'
import type { OverlayStatus, ServerStatus } from '../../preload/bridge.ts'
import type { ActionName, DesktopSettings } from '../../preload/desktop-settings.ts'
import type { Actions } from './actions.ts'
import type { Words } from './words.ts'

export interface TrayState {
  overlays: OverlayStatus[]
  settings: DesktopSettings
  server: ServerStatus
}

export interface TrayOptions {
  /** Of the PNG; on macOS a template, black with alpha, that the system colours. */
  icon: string
  platform: NodeJS.Platform
  actions: Actions
  words(): Words
  copyAddress(): void
  quit(): void
}

export interface TrayIcon {
  update(state: TrayState): void
  destroy(): void
}

/** The tray icon: the way back when an overlay lets every click through and the controller is closed. */
export function createTray(first: TrayState, options: TrayOptions): TrayIcon {
  const image = nativeImage.createFromPath(options.icon)
  if (options.platform === 'darwin') image.setTemplateImage(true)
  const tray = new Tray(image)
  tray.on('click', () => {
    // On macOS, and on Linux where the menu opens by a click, that is enough.
    if (options.platform === 'win32') options.actions['controller.open']()
  })
  let shown = ''
  let latest = first
  update(first)

  function update(state: TrayState): void {
    latest = state
    const items = template(state, options, redraw)
    // A window that is dragged changes the settings with each step: an open menu must not be taken away for that.
    const now = JSON.stringify(items)
    if (now === shown) return
    shown = now
    tray.setToolTip(`${options.words().appName} · ${state.server.url}`)
    // Linux shows changes of a menu only when it is set anew.
    tray.setContextMenu(Menu.buildFromTemplate(items))
  }

  function redraw(): void {
    shown = ''
    update(latest)
  }

  return { update, destroy: () => tray.destroy() }
}

function template(
  { overlays, settings, server }: TrayState,
  options: TrayOptions,
  redraw: () => void,
): MenuItemConstructorOptions[] {
  const words = options.words()
  const item = (action: ActionName, checked?: boolean): MenuItemConstructorOptions => ({
    id: action,
    label: words.actions[action],
    // The system ticks a box at once, also where the action then has nothing to do.
    click() {
      options.actions[action]()
      redraw()
    },
    ...(checked !== undefined && { type: 'checkbox' as const, checked }),
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  return [
    item('controller.open'),
    item('quick.open'),
    separator,
    item(
      'overlay.toggle',
      overlays.some(one => one.shown),
    ),
    item('overlay.clickThrough', overlays.length > 0 && overlays.every(one => one.clickThrough)),
    item(
      'overlay.edit',
      overlays.some(one => one.editing),
    ),
    item('overlay.streamerOnly', settings.streamerOnly),
    item('overlay.reset'),
    separator,
    item('line.next'),
    item('line.clear'),
    separator,
    { id: 'address', label: server.url, enabled: false },
    { id: 'copyAddress', label: words.menus.copyAddress, click: options.copyAddress },
    separator,
    { id: 'quit', label: words.menus.quit, click: options.quit },
  ]
}
