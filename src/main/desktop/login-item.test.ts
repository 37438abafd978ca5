import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { setLoginItem, wasOpenedAtLogin } from './login-item.ts'
import { desktopEntry } from './login-item-entry.ts'

const app = vi.hoisted(() => ({
  setLoginItemSettings: vi.fn<(settings: object) => void>(),
  getLoginItemSettings: vi.fn<() => object>(),
}))
vi.mock('electron', () => ({ app }))

let configDir = ''
beforeEach(() => {
  configDir = mkdtempSync(join(tmpdir(), 'login-item-'))
})
afterEach(() => {
  vi.resetAllMocks()
  rmSync(configDir, { recursive: true })
})

const set = (on: boolean, platform: NodeJS.Platform, executable = '/opt/app') =>
  setLoginItem(on, { platform, configDir, executable, packaged: true })

it('quotes a path with a space, a dollar sign and a percent sign as the specification says', () => {
  const entry = desktopEntry('/home/a b/$x/100%/App.AppImage')
  expect(entry).toContain('Exec="/home/a b/\\$x/100%%/App.AppImage" --hidden')
})

it('writes the entry that desktops on Linux read, and takes it away', () => {
  const entry = join(configDir, 'autostart/io.github.streaming-message.desktop')
  expect(set(true, 'linux')).toBe(false)
  expect(readFileSync(entry, 'utf8')).toContain('Exec="/opt/app" --hidden')
  expect(set(false, 'linux')).toBe(false)
  expect(existsSync(entry)).toBe(false)
})

it('names the file that stays, as the portable build runs from one that does not', () => {
  set(true, 'win32', 'D:\\streaming-message.exe')
  expect(app.setLoginItemSettings).toHaveBeenCalledWith({
    openAtLogin: true,
    path: 'D:\\streaming-message.exe',
    args: ['--hidden'],
  })
})

it('tells that macOS waits for approval, and that it opened the app, as nothing can be passed to it', () => {
  app.getLoginItemSettings.mockReturnValue({ status: 'requires-approval', wasOpenedAtLogin: true })
  expect(set(true, 'darwin')).toBe(true)
  expect(set(false, 'darwin')).toBe(false)
  expect(wasOpenedAtLogin('darwin')).toBe(true)
  expect(wasOpenedAtLogin('win32')).toBe(false)
})
