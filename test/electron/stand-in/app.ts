import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { joinChromium, openChromium, SHARED_BROWSER } from '../chromium.ts'
import { guard } from '../guard.ts'
import { state } from './state.ts'
import { BrowserWindow, toApp } from './window.ts'

const VERSION = '45.4.1'

export class App extends EventEmitter {
  readonly commandLine = guard('CommandLine', {
    switches: new Map<string, string>(),
    appendSwitch(name: string, value = '') {
      this.switches.set(name, value)
    },
    hasSwitch(name: string) {
      return this.switches.has(name) || process.argv.includes(`--${name}`)
    },
    getSwitchValue(name: string) {
      const given = process.argv.findLast(one => one.startsWith(`--${name}=`))
      return this.switches.get(name) ?? given?.slice(name.length + 3) ?? ''
    },
    appendArgument(_value: string) {},
  })
  readonly isPackaged = false
  name = nameOf(process.cwd())
  #paths = new Map<string, string>()
  #ready = false
  #quitting = false
  #lock: string | undefined

  constructor() {
    super()
    const paths = { home: homedir(), temp: tmpdir(), exe: process.execPath, module: process.execPath }
    const config = process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config')
    this.#paths = new Map(Object.entries({ ...paths, appData: config, desktop: join(homedir(), 'Desktop') }))
    this.#paths.set('userData', this.#userDataSwitch() ?? join(config, this.name))
    toApp.on('created', (window: object) => this.emit('browser-window-created', {}, window))
    toApp.on('blur', (window: object) => this.emit('browser-window-blur', {}, window))
    toApp.on('closed', (left: number) => {
      if (left > 0 || this.#quitting) return
      if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
      else this.quit()
    })
  }

  #userDataSwitch(): string | undefined {
    return process.argv.find(one => one.startsWith('--user-data-dir='))?.slice('--user-data-dir='.length)
  }

  /** Not of Electron: opens the browser, then tells that the app is ready. */
  async launch(): Promise<void> {
    this.emit('will-finish-launching')
    const shared = process.env[SHARED_BROWSER]
    state.chromium = await (shared ? joinChromium(shared) : openChromium())
    this.#ready = true
    state.ready = true
    this.emit('ready', {}, {})
  }

  whenReady(): Promise<void> {
    return this.#ready ? Promise.resolve() : new Promise(done => this.once('ready', () => done()))
  }

  isReady(): boolean {
    return this.#ready
  }

  quit(): void {
    if (this.#quitting) return
    let prevented = false
    const event = () => ({ preventDefault: () => (prevented = true), defaultPrevented: false })
    this.emit('before-quit', event())
    if (prevented) return
    this.#quitting = true
    for (const window of BrowserWindow.getAllWindows()) window.close()
    if (BrowserWindow.getAllWindows().length > 0) {
      this.#quitting = false
      return
    }
    this.emit('will-quit', event())
    if (prevented) {
      this.#quitting = false
      return
    }
    this.exit(0)
  }

  exit(code = 0): void {
    this.emit('quit', {}, code)
    if (this.#lock) rmSync(this.#lock, { force: true })
    const done = state.chromium?.close() ?? Promise.resolve()
    done.finally(() => process.exit(code))
  }

  relaunch(_options?: object): void {}
  focus(_options?: object): void {}
  show(): void {}
  hide(): void {}

  getVersion(): string {
    return String(JSON.parse(readFileSync(join(this.getAppPath(), 'package.json'), 'utf8')).version)
  }

  getName = () => this.name
  setName(name: string): void {
    this.name = name
  }
  getAppPath = () => resolve(process.cwd())
  getLocale = () => (process.env.LANG ?? 'en-US').split('.')[0]?.replace('_', '-') ?? 'en-US'
  getPreferredSystemLanguages = () => [this.getLocale()]

  getPath(name: string): string {
    const path =
      this.#paths.get(name) ?? (name === 'logs' ? join(this.getPath('userData'), 'logs') : undefined)
    const derived =
      name === 'sessionData' || name === 'crashDumps' ? join(this.getPath('userData'), name) : path
    if (!derived) throw new Error(`Failed to get '${name}' path`)
    return derived
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }

  setAppLogsPath(path?: string): void {
    this.#paths.set('logs', path ?? join(this.getPath('userData'), 'logs'))
  }

  /** One process for one userData: the second writes down its arguments for the first, and learns that it is second. */
  requestSingleInstanceLock(additionalData: object = {}): boolean {
    const folder = this.getPath('userData')
    const lock = join(folder, 'stand-in.lock')
    try {
      mkdirSync(folder, { recursive: true })
    } catch {
      // A lock that cannot be made is answered as one that another has.
      return false
    }
    if (existsSync(lock) && isAlive(Number(readFileSync(lock, 'utf8')))) {
      const note = { argv: process.argv, cwd: process.cwd(), additionalData }
      writeFileSync(join(folder, `second-instance-${process.pid}.json`), JSON.stringify(note))
      return false
    }
    writeFileSync(lock, String(process.pid))
    this.#lock = lock
    const notes = watch(folder, () => this.#readNotes(folder))
    notes.unref()
    return true
  }

  #readNotes(folder: string): void {
    for (const file of existsSync(folder) ? readdirSync(folder) : []) {
      if (!file.startsWith('second-instance-')) continue
      try {
        const note = JSON.parse(readFileSync(join(folder, file), 'utf8'))
        rmSync(join(folder, file))
        this.emit('second-instance', {}, note.argv, note.cwd, note.additionalData)
      } catch {
        // Half written: the next change of the folder reads it whole.
      }
    }
  }

  hasSingleInstanceLock = () => this.#lock !== undefined
  releaseSingleInstanceLock(): void {
    if (this.#lock) rmSync(this.#lock, { force: true })
    this.#lock = undefined
  }

  setAsDefaultProtocolClient = (_protocol: string, _path?: string, _args?: string[]) => true
  isDefaultProtocolClient = (_protocol: string, _path?: string, _args?: string[]) => true
  removeAsDefaultProtocolClient = (_protocol: string) => true
  #login = { openAtLogin: false }
  setLoginItemSettings(settings: { openAtLogin?: boolean }): void {
    this.#login = { openAtLogin: settings.openAtLogin ?? false }
  }
  getLoginItemSettings = (_options?: object) => ({
    ...this.#login,
    openAsHidden: false,
    wasOpenedAtLogin: false,
  })
  setAppUserModelId(_id: string): void {}
  setAboutPanelOptions(_options: object): void {}
  showAboutPanel(): void {}
  disableHardwareAcceleration(): void {}
  enableSandbox(): void {}
  isAccessibilitySupportEnabled = () => false
  getGPUFeatureStatus = () => ({ gpu_compositing: 'disabled_software' })
  getAppMetrics = () => []
  readonly dock = undefined
}

/** As Electron names an app before its own code runs. */
function nameOf(folder: string): string {
  const { productName, name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return String(productName ?? name)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const core = new App()
export const app = guard('App', core)

/**
 * Makes this process look like Electron's main process.
 *
 * @returns what Electron does once the app's own module has run to its end, and not before: it becomes ready
 */
export function becomeElectron(): () => Promise<void> {
  Object.defineProperty(process.versions, 'electron', { value: VERSION })
  Object.defineProperty(process.versions, 'chrome', { value: '156.0.0.0' })
  Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: resolve('resources') })
  process.once('SIGTERM', () => core.quit())
  process.once('SIGINT', () => core.quit())
  return () => core.launch()
}
