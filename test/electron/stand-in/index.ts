import { EventEmitter } from 'node:events'
import { guard, guardClass } from '../guard.ts'
import { app } from './app.ts'
import { ipcMain } from './ipc.ts'
import { Menu, MenuItem, Tray } from './menu.ts'
import { NativeImage } from './native-image.ts'
import { net } from './net.ts'
import { session } from './session.ts'
import * as system from './system.ts'
import { WebContents } from './web-contents.ts'
import { BrowserWindow } from './window.ts'

/** What `import … from 'electron'` gives. Each name is checked against electron.d.ts by its own test. */
export const electron = {
  clipboard: system.clipboard,
  crashReporter: system.crashReporter,
  dialog: system.dialog,
  globalShortcut: system.globalShortcut,
  nativeTheme: system.nativeTheme,
  Notification: system.Notification,
  powerMonitor: system.powerMonitor,
  powerSaveBlocker: system.powerSaveBlocker,
  safeStorage: system.safeStorage,
  screen: system.screen,
  shell: system.shell,
  systemPreferences: system.systemPreferences,
  app,
  autoUpdater: guard('AutoUpdater', Object.assign(new EventEmitter(), { quitAndInstall: () => app.quit() })),
  BrowserWindow: guardClass('BrowserWindow', BrowserWindow),
  ipcMain,
  Menu: guardClass('Menu', Menu),
  MenuItem: guardClass('MenuItem', MenuItem),
  nativeImage: guardClass('NativeImage', NativeImage),
  net,
  session,
  Tray: guardClass('Tray', Tray),
  webContents: guardClass('WebContents', WebContents),
}
