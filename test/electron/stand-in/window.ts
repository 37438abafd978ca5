import { EventEmitter } from 'node:events'
import type { Page } from '@playwright/test'
import { guard } from '../guard.ts'
import { WebContents, type WebPreferences } from './web-contents.ts'

interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

interface Options extends Partial<Rectangle> {
  show?: boolean
  title?: string
  transparent?: boolean
  resizable?: boolean
  movable?: boolean
  focusable?: boolean
  alwaysOnTop?: boolean
  opacity?: number
  backgroundColor?: string
  skipTaskbar?: boolean
  webPreferences?: WebPreferences
  [key: string]: unknown
}

let nextId = 1
const open = new Map<number, BrowserWindow>()

/** A window whose content is a page of a real Chromium; what belongs to the desktop is kept as state. */
export class BrowserWindow extends EventEmitter {
  readonly id = nextId++
  readonly webContents: WebContents
  readonly #contents: WebContents
  #bounds: Rectangle
  #normal: Rectangle | undefined
  #visible: boolean
  #flags: Record<string, unknown>
  #destroyed = false

  constructor(options: Options = {}) {
    super()
    this.#bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    }
    this.#visible = options.show ?? true
    this.#flags = {
      resizable: options.resizable ?? true,
      movable: options.movable ?? true,
      focusable: options.focusable ?? true,
      alwaysOnTop: options.alwaysOnTop ?? false,
      opacity: process.platform === 'linux' ? 1 : (options.opacity ?? 1),
      title: options.title ?? 'Electron',
      backgroundColor: options.backgroundColor ?? (options.transparent ? '#00000000' : '#ffffff'),
      minimized: false,
      maximized: false,
      fullScreen: false,
      allWorkspaces: false,
    }
    this.#contents = new WebContents(options.webPreferences ?? {}, page => this.#dress(page))
    this.webContents = guard('WebContents', this.#contents)
    open.set(this.id, this)
    // Real Electron's constructor cannot be wrapped, as its other calls are by record.cjs.
    const made = { call: 'new BrowserWindow', args: [structuredClone(options)], window: this.id }
    ;(globalThis as { osRecord?: { calls: object[] } }).osRecord?.calls.push(made)
    toApp.emit('created', guard('BrowserWindow', this))
    this.#contents.once('did-finish-load', () => this.emit('ready-to-show'))
    this.#contents.once('destroyed', () => this.destroy())
    this.#contents.on('page-title-updated', (_event, title: string, explicit: boolean) => {
      let prevented = false
      this.emit('page-title-updated', { preventDefault: () => (prevented = true) }, title, explicit)
      if (!prevented && !this.#destroyed) this.setTitle(title)
    })
  }

  static getAllWindows() {
    return [...open.values()].map(one => guard('BrowserWindow', one))
  }

  static fromId(id: number) {
    const found = open.get(id)
    return found ? guard('BrowserWindow', found) : null
  }

  static fromWebContents(contents: object) {
    const found = [...open.values()].find(one => one.#contents === contents)
    return found ? guard('BrowserWindow', found) : null
  }

  static getFocusedWindow() {
    const found = [...open.values()].find(one => one.#flags.focused === true)
    return found ? guard('BrowserWindow', found) : null
  }

  /** Gives the page the window's size and ground. */
  async #dress(page: Page): Promise<void> {
    const { width, height } = this.#bounds
    const zoom = this.#contents.getZoomFactor()
    const viewport = { width: Math.round(width / zoom), height: Math.round(height / zoom) }
    await page.setViewportSize(viewport)
    const cdp = await page.context().newCDPSession(page)
    if (zoom !== 1) {
      const metrics = { ...viewport, deviceScaleFactor: zoom, mobile: false }
      await cdp.send('Emulation.setDeviceMetricsOverride', metrics)
    }
    const color = colorOf(this.getBackgroundColor())
    await cdp.send('Emulation.setDefaultBackgroundColorOverride', { color })
  }

  #redress(): void {
    this.#contents.opened.then(page => this.#dress(page)).catch(() => undefined)
  }

  #assertAlive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed')
  }

  loadURL(url: string, options?: object): Promise<void> {
    this.#assertAlive()
    return this.#contents.loadURL(url, options)
  }

  getBounds(): Rectangle {
    this.#assertAlive()
    return { ...this.#bounds }
  }

  getContentBounds(): Rectangle {
    return this.getBounds()
  }

  getNormalBounds(): Rectangle {
    this.#assertAlive()
    return { ...(this.#normal ?? this.#bounds) }
  }

  setBounds(bounds: Partial<Rectangle>, _animate?: boolean): void {
    this.#assertAlive()
    const before = this.#bounds
    this.#bounds = { ...before, ...bounds }
    if (before.x !== this.#bounds.x || before.y !== this.#bounds.y) {
      this.emit('move')
      this.emit('moved')
    }
    if (before.width !== this.#bounds.width || before.height !== this.#bounds.height) {
      this.#redress()
      this.emit('resize')
      this.emit('resized')
    }
  }

  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height]
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  getPosition(): number[] {
    return [this.#bounds.x, this.#bounds.y]
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y })
  }

  setMinimumSize(_width: number, _height: number): void {}

  center(): void {
    this.setBounds({ x: 200, y: 100 })
  }

  show(): void {
    this.showInactive()
    this.focus()
  }

  showInactive(): void {
    this.#assertAlive()
    if (this.#visible) return
    this.#visible = true
    this.#flags.minimized = false
    this.emit('show')
  }

  hide(): void {
    this.#assertAlive()
    if (!this.#visible) return
    this.#visible = false
    this.blur()
    this.emit('hide')
  }

  isVisible(): boolean {
    this.#assertAlive()
    return this.#visible
  }

  focus(): void {
    this.#assertAlive()
    if (this.#flags.focusable === false || this.#flags.focused === true) return
    for (const other of open.values()) if (other !== this) other.blur()
    this.#flags.focused = true
    this.#contents.focus()
    this.emit('focus', {})
  }

  blur(): void {
    if (this.#flags.focused !== true) return
    this.#flags.focused = false
    this.emit('blur', {})
    toApp.emit('blur', guard('BrowserWindow', this))
  }

  isFocused(): boolean {
    return this.#flags.focused === true
  }

  moveTop(): void {}

  close(): void {
    if (this.#destroyed) return
    let prevented = false
    this.emit('close', { preventDefault: () => (prevented = true), defaultPrevented: false })
    if (!prevented) this.destroy()
  }

  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    open.delete(this.id)
    this.#contents.opened.then(page => page.close()).catch(() => undefined)
    this.#contents.markDestroyed()
    this.emit('closed')
    toApp.emit('closed', open.size)
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  minimize(): void {
    this.#flags.minimized = true
    this.emit('minimize')
  }

  restore(): void {
    this.#flags.minimized = false
    this.emit('restore')
  }

  /** Shows the window too. */
  maximize(): void {
    this.#normal = this.#bounds
    this.#flags.maximized = true
    this.showInactive()
    this.emit('maximize')
  }

  unmaximize(): void {
    this.#flags.maximized = false
    if (this.#normal) this.setBounds(this.#normal)
    this.#normal = undefined
    this.emit('unmaximize')
  }

  isMinimized = () => this.#flags.minimized === true
  isMaximized = () => this.#flags.maximized === true
  isFullScreen = () => this.#flags.fullScreen === true
  isAlwaysOnTop = () => this.#flags.alwaysOnTop === true
  isFocusable = () => this.#flags.focusable === true
  isResizable = () => this.#flags.resizable === true
  isVisibleOnAllWorkspaces = () => this.#flags.allWorkspaces === true
  isContentProtected = () => this.#flags.contentProtection === true
  getOpacity = () => Number(this.#flags.opacity)
  getTitle = () => String(this.#flags.title)
  getBackgroundColor = () => String(this.#flags.backgroundColor)

  setAlwaysOnTop(flag: boolean, _level?: string, _relative?: number): void {
    this.#flags.alwaysOnTop = flag
    this.emit('always-on-top-changed', {}, flag)
  }

  setVisibleOnAllWorkspaces(visible: boolean, _options?: object): void {
    this.#flags.allWorkspaces = visible
  }

  setIgnoreMouseEvents(_ignore: boolean, _options?: object): void {
    this.#assertAlive()
  }

  setFocusable(focusable: boolean): void {
    this.#flags.focusable = focusable
  }

  setContentProtection(enable: boolean): void {
    this.#flags.contentProtection = enable
  }

  /** On Linux it does nothing. */
  setOpacity(opacity: number): void {
    this.#flags.opacity = process.platform === 'linux' ? 1 : Math.min(1, Math.max(0, opacity))
  }

  setBackgroundColor(color: string): void {
    this.#flags.backgroundColor = color
    this.#redress()
  }

  setTitle(title: string): void {
    this.#flags.title = title
  }

  setSkipTaskbar(_skip: boolean): void {}
  setMenuBarVisibility(_visible: boolean): void {}
  setAutoHideMenuBar(_hide: boolean): void {}
  removeMenu(): void {}
  setMovable(movable: boolean): void {
    this.#flags.movable = movable
  }
  setResizable(resizable: boolean): void {
    this.#flags.resizable = resizable
  }
  setHasShadow(_has: boolean): void {}
  setProgressBar(_progress: number, _options?: object): void {}
  flashFrame(_flag: boolean): void {}
}

/** Tells `app` which window lost the keyboard, and how many are left when one went. */
export const toApp = new EventEmitter()

/** `#rrggbb`, or `#aarrggbb` as Electron reads eight digits. */
function colorOf(color: string) {
  const hex = color.replace('#', '').padStart(8, 'f')
  const [a = 255, r = 0, g = 0, b = 0] = [0, 2, 4, 6].map(at => Number.parseInt(hex.slice(at, at + 2), 16))
  return { r, g, b, a: a / 255 }
}
