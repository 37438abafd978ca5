import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app } from 'electron'

export interface Paths {
  userData: string
  settings: string
  secrets: string
  logs: string
  pages: string
  preload: { controller: string; overlay: string }
  icons: { app: string; tray: string }
}

/** Where everything lies: beside the bundle in `out/`, and in the user's folder for this app. */
export function preparePaths(): Paths {
  app.setName('Streaming Message')
  if (process.platform === 'win32') app.setAppUserModelId('io.github.streaming-message')
  const out = resolve(import.meta.dirname, '..')
  const userData = app.getPath('userData')
  const packaged = existsSync(join(process.resourcesPath, 'tray'))
  const resources = packaged ? process.resourcesPath : resolve(out, '../resources')
  const tray = process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'
  return {
    userData,
    settings: join(userData, 'desktop.json'),
    secrets: join(userData, 'secrets.json'),
    logs: join(userData, 'logs'),
    pages: join(out, 'renderer'),
    preload: { controller: join(out, 'preload/controller.cjs'), overlay: join(out, 'preload/overlay.cjs') },
    icons: { app: join(resources, 'icons/256x256.png'), tray: join(resources, 'tray', tray) },
  }
}
