import { EventEmitter } from 'node:events'
import type { Page } from '@playwright/test'
import { guard } from '../guard.ts'
import { ipcCore } from './ipc.ts'
import { openPreloadWorld, type PreloadWorld } from './preload-world.ts'
import { sessionOf } from './session.ts'
import { openContext } from './state.ts'

export interface WebPreferences {
  preload?: string
  partition?: string
  backgroundThrottling?: boolean
  [key: string]: unknown
}

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' }

let nextId = 1
let nextSheet = 1
const all = new Map<number, WebContents>()
/** Chromium's zoom is that of a host in a profile: all windows of it have the same. */
const zooms = new Map<string, number>()

/** One page of the browser. What is asked of it before the page is open waits in line. */
export class WebContents extends EventEmitter {
  readonly id = nextId++
  readonly session: ReturnType<typeof sessionOf>
  /** The page; another one after a crash, as a crashed target cannot be used again. */
  opened: Promise<Page>
  readonly preferences: WebPreferences
  readonly #dress: (page: Page) => Promise<void>
  #page: Page | undefined
  #preload: PreloadWorld | undefined
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  #own: string | undefined
  #crashed = false
  #destroyed = false

  /** @param dress gives a new page the window's size and ground */
  constructor(preferences: WebPreferences, dress: (page: Page) => Promise<void>) {
    super()
    this.preferences = preferences
    this.#dress = dress
    this.session = sessionOf(preferences.partition ?? '')
    all.set(this.id, this)
    this.opened = this.#open()
  }

  static fromId(id: number) {
    const found = all.get(id)
    return found && guard('WebContents', found)
  }

  static getAllWebContents() {
    return [...all.values()].map(one => guard('WebContents', one))
  }

  async #open(): Promise<Page> {
    const page = await openContext().newPage()
    const cdp = await page.context().newCDPSession(page)
    this.#page = page
    const { userAgent } = await cdp.send('Browser.getVersion')
    await cdp.send('Emulation.setUserAgentOverride', { userAgent: asElectron(userAgent) })
    if (this.preferences.preload) {
      this.#preload = await openPreloadWorld(cdp, this.preferences.preload, message =>
        ipcCore.receive(message.kind, message.channel, this.#eventFrom(), message.args),
      )
    }
    await cdp.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] })
    cdp.on('Fetch.requestPaused', ({ requestId, request, frameId }) => {
      const main = frameId === undefined || frameId === this.#mainFrameId
      const allowed = this.#mayNavigate(request.url, main)
      const answered = allowed
        ? cdp.send('Fetch.continueRequest', { requestId })
        : cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      if (allowed) {
        const isMainFrame = main
        this.emit('did-start-navigation', { url: request.url, isMainFrame, isSameDocument: false })
      }
      answered.catch(() => undefined)
    })
    const { frameTree } = await cdp.send('Page.getFrameTree')
    this.#mainFrameId = frameTree.frame.id
    page.on('domcontentloaded', () => this.emit('dom-ready', {}))
    page.on('load', () => this.emit('did-finish-load', {}))
    page.on('domcontentloaded', () => {
      page.title().then(
        title => this.emit('page-title-updated', {}, title, true),
        () => undefined,
      )
    })
    cdp.on('Page.windowOpen', ({ url }) => this.#asked.push(this.#openHandler({ url }).action))
    page.on('popup', popup => {
      if (this.#asked.shift() !== 'allow') popup.close().catch(() => undefined)
    })
    page.on('crash', () => this.#died('crashed'))
    page.on('console', message =>
      this.emit('console-message', { level: message.type(), message: message.text() }),
    )
    page.on('close', () => {
      if (!this.#crashed && page === this.#page) this.markDestroyed()
    })
    await this.#dress(page)
    return page
  }

  #mainFrameId = ''

  #eventFrom() {
    const url = this.#page?.mainFrame().url() ?? ''
    const frame = guard('WebFrameMain', {
      url,
      origin: originOf(url),
      parent: null,
      routingId: 1,
      processId: this.id,
    })
    return {
      sender: guard('WebContents', this),
      senderFrame: frame,
      frameId: 1,
      processId: this.id,
      type: 'frame',
    }
  }

  /** `loadURL` and `reload` are main's own; anything else is the page's wish, which main may refuse. */
  #mayNavigate(url: string, isMainFrame: boolean): boolean {
    if (isMainFrame && (this.#own === undefined || sameDocument(this.#own, url))) {
      if (this.#own !== undefined) {
        this.#own = undefined
        return true
      }
    }
    let prevented = false
    const details = { url, isMainFrame, isSameDocument: false, preventDefault: () => (prevented = true) }
    if (isMainFrame) this.emit('will-navigate', details, url)
    this.emit('will-frame-navigate', details)
    return !prevented
  }

  /** What the open handler answered to each `window.open`, in order of the pop-ups that follow. */
  readonly #asked: string[] = []

  #died(reason: string): void {
    this.#crashed = true
    this.emit('render-process-gone', {}, { reason, exitCode: 1 })
  }

  markDestroyed(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    all.delete(this.id)
    this.emit('destroyed')
  }

  async loadURL(url: string, _options?: object): Promise<void> {
    await this.#revive()
    const page = await this.opened
    this.#own = url
    try {
      await page.goto(url, { waitUntil: 'load' })
    } catch (error) {
      if (this.#destroyed) return
      const code = /net::(\w+)/.exec(String(error))?.[1] ?? 'ERR_FAILED'
      this.emit('did-fail-load', {}, -2, code, url, true, 1, 1)
      throw Object.assign(new Error(`${code} (-2) loading '${url}'`), { code, errno: -2, url })
    }
  }

  async #revive(): Promise<void> {
    if (!this.#crashed) return
    const dead = this.#page
    this.opened = this.#open()
    await this.opened
    this.#crashed = false
    dead?.close().catch(() => undefined)
  }

  reload(): void {
    this.loadURL(this.getURL()).catch(() => undefined)
  }

  reloadIgnoringCache(): void {
    this.reload()
  }

  stop(): void {}

  send(channel: string, ...args: unknown[]): void {
    structuredClone(args)
    if (!this.#destroyed) this.#preload?.send(channel, args)
  }

  getURL(): string {
    return this.#page?.url() ?? ''
  }

  getTitle(): string {
    return ''
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  isCrashed(): boolean {
    return this.#crashed
  }

  isLoading(): boolean {
    return this.#own !== undefined
  }

  isFocused(): boolean {
    return false
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  setZoomFactor(factor: number): void {
    if (factor <= 0) throw new Error("'zoomFactor' must be a double greater than 0.0")
    if (factor === this.getZoomFactor()) return
    const site = this.#site()
    zooms.set(site, factor)
    for (const one of all.values())
      if (one.#site() === site) one.opened.then(page => one.#dress(page)).catch(() => undefined)
  }

  getZoomFactor(): number {
    return zooms.get(this.#site()) ?? 1
  }

  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level)
  }

  getZoomLevel(): number {
    return Math.log(this.getZoomFactor()) / Math.log(1.2)
  }

  #site(): string {
    const url = this.getURL()
    return `${this.preferences.partition ?? ''} ${URL.canParse(url) ? new URL(url).hostname : ''}`
  }

  setAudioMuted(_muted: boolean): void {}
  setBackgroundThrottling(_allowed: boolean): void {}
  openDevTools(_options?: object): void {}
  toggleDevTools(): void {}
  focus(): void {
    this.opened.then(page => page.bringToFront()).catch(() => undefined)
  }

  forcefullyCrashRenderer(): void {
    const crash = async (page: Page) => (await page.context().newCDPSession(page)).send('Page.crash')
    // The answer never comes: who would give it is gone.
    this.opened.then(crash).catch(() => undefined)
  }

  async executeJavaScript(code: string, _userGesture?: boolean): Promise<unknown> {
    return (await this.opened).evaluate(code)
  }

  /** By a sheet of the document: what main puts in is under no rule of the page's. */
  async insertCSS(css: string, _options?: object): Promise<string> {
    const key = `sheet-${nextSheet++}`
    const adopt = ([name, text]: readonly [string, string]) => {
      const sheet = Object.assign(new CSSStyleSheet(), { insertedAs: name })
      sheet.replaceSync(text)
      document.adoptedStyleSheets.push(sheet)
    }
    await (await this.opened).evaluate(adopt, [key, css] as const)
    return key
  }

  async removeInsertedCSS(key: string): Promise<void> {
    const drop = (name: string) => {
      const all = document.adoptedStyleSheets as (CSSStyleSheet & { insertedAs?: string })[]
      document.adoptedStyleSheets = all.filter(one => one.insertedAs !== name)
    }
    await (await this.opened).evaluate(drop, key)
  }

  get mainFrame() {
    return this.#eventFrom().senderFrame
  }
}

/** The player knows an overlay by it. */
function asElectron(chromium: string): string {
  const { electron } = process.versions
  return chromium.replace('HeadlessChrome/', 'Chrome/').replace(' Safari/', ` Electron/${electron} Safari/`)
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'null'
}

function sameDocument(a: string, b: string): boolean {
  const bare = (url: string) => new URL(url).href.split('#')[0]
  return bare(a) === bare(b)
}
