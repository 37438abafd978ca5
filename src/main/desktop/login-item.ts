import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { executable } from './executable.ts'
import { desktopEntry } from './login-item-entry.ts'
import type { SettingsStore } from './settings/store.ts'

export interface LoginItemOptions {
  platform: NodeJS.Platform
  /** `$XDG_CONFIG_HOME` or `~/.config`. */
  configDir: string
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
      const waits = setLoginItem(openAtLogin, {
        platform: process.platform,
        configDir: app.getPath('appData'),
        executable: executable(),
        packaged: app.isPackaged,
      })
      if (waits) onFailure('login-approval')
    } catch (error) {
      onFailure((error as Error).message)
    }
  })
}

/** Whether macOS started the app with the session: the login items there have no arguments. */
export function wasOpenedAtLogin(platform: NodeJS.Platform): boolean {
  return platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
}

/**
 * Start with the desktop session, hidden behind the tray icon.
 *
 * @returns true where macOS waits for its user's approval
 * @throws as node:fs does on Linux
 */
export function setLoginItem(
  on: boolean,
  { platform, configDir, executable, packaged }: LoginItemOptions,
): boolean {
  if (!packaged) return false
  if (platform !== 'linux') {
    // Path and arguments are for Windows; it knows the entry by the app's id.
    app.setLoginItemSettings({ openAtLogin: on, path: executable, args: ['--hidden'] })
    return on && platform === 'darwin' && app.getLoginItemSettings().status === 'requires-approval'
  }
  // Electron has no login items on Linux: desktops read this folder (freedesktop.org, Desktop Application Autostart).
  // Named as the installed entry is: portals take an app that the session started for what its entry is called.
  const path = join(configDir, 'autostart', 'io.github.streaming-message.desktop')
  if (!on) {
    rmSync(path, { force: true })
    return false
  }
  mkdirSync(join(configDir, 'autostart'), { recursive: true })
  writeFileSync(path, desktopEntry(executable))
  return false
}
