import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { desktopEntry } from './login-item-entry.ts'
import type { SettingsStore } from './settings/store.ts'

export interface LoginItemOptions {
  platform: NodeJS.Platform
  /** `$XDG_CONFIG_HOME` or `~/.config`. */
  configDir: string
  /** What starts the app: the AppImage file where it is one. */
  executable: string
  /** Nothing is set up for a copy run from its sources: it would start a bare Electron. */
  packaged: boolean
}

/** Keeps the system's list as the setting says. Nothing is touched until the setting changes. */
export function followLoginItem(settings: SettingsStore, onFailure: (reason: string) => void): void {
  let { openAtLogin } = settings.get().general
  settings.follow(({ general }) => {
    if (general.openAtLogin === openAtLogin) return
    openAtLogin = general.openAtLogin
    try {
      setLoginItem(openAtLogin, {
        platform: process.platform,
        configDir: app.getPath('appData'),
        executable: process.env.APPIMAGE ?? app.getPath('exe'),
        packaged: app.isPackaged,
      })
    } catch (error) {
      onFailure((error as Error).message)
    }
  })
}

/** Start with the desktop session, hidden behind the tray icon. @throws as node:fs does on Linux */
function setLoginItem(on: boolean, { platform, configDir, executable, packaged }: LoginItemOptions): void {
  if (!packaged) return
  if (platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: on, args: ['--hidden'] })
    return
  }
  // Electron has no login items on Linux: desktops read this folder (freedesktop.org, Desktop Application Autostart).
  const path = join(configDir, 'autostart', 'streaming-message.desktop')
  if (!on) {
    rmSync(path, { force: true })
    return
  }
  mkdirSync(join(configDir, 'autostart'), { recursive: true })
  writeFileSync(path, desktopEntry(executable))
}
