import { app, dialog } from 'electron'
import type { UpdateStatus } from '../../preload/bridge.ts'
import { createObservable } from './observable.ts'
import { fill, type Words } from './words.ts'

export interface Updates {
  status(): UpdateStatus
  follow(listener: (status: UpdateStatus) => void): () => void
  check(): Promise<UpdateStatus>
  download(): Promise<UpdateStatus>
  install(): void
  /**
   * Looks, and asks the user about what it finds: nothing is fetched or installed unasked.
   * @param wasAsked the user waits for an answer: it is said too when there is nothing, or when looking failed
   */
  offer(wasAsked: boolean): Promise<void>
}

export interface UpdatesOptions {
  words(): Words
  /** `app-update.yml` for a copy that is not packaged: for tests only. */
  devConfig: string | undefined
  log(text: string): void
  /** Before the app is replaced: what it holds must be written down, and free for the one that takes its place. */
  beforeInstall(): Promise<void>
  /** The app is as it was, but for what `beforeInstall` did. */
  onInstallFailure(): void
}

/** New versions by electron-updater, from the releases that electron-builder publishes. */
export function createUpdates(options: UpdatesOptions): Updates {
  const idle: UpdateStatus = { state: 'idle', version: '', notes: '', percent: 0, msg: '' }
  const status = createObservable(idle)
  const set = (change: Partial<UpdateStatus>) => status.set({ ...status.get(), ...change })
  let updater: Promise<typeof import('electron-updater').autoUpdater> | undefined

  // The portable build is a single file that runs from anywhere; electron-updater would install the other build beside it.
  const isPortable = process.env.PORTABLE_EXECUTABLE_FILE !== undefined
  const supported = (app.isPackaged && !isPortable) || options.devConfig !== undefined

  /** Loaded at first use: it costs time at the start. */
  function load() {
    updater ??= import('electron-updater').then(({ default: { autoUpdater } }) => {
      autoUpdater.autoDownload = false
      autoUpdater.autoInstallOnAppQuit = false
      autoUpdater.allowDowngrade = false
      autoUpdater.logger = {
        info: text => options.log(`update: ${text}`),
        warn: text => options.log(`update: ${text}`),
        error: text => options.log(`update: ${text}`),
      }
      if (options.devConfig !== undefined) {
        autoUpdater.forceDevUpdateConfig = true
        autoUpdater.updateConfigPath = options.devConfig
      }
      autoUpdater.on('download-progress', ({ percent }) =>
        set({ state: 'downloading', percent: Math.round(percent) }),
      )
      return autoUpdater
    })
    return updater
  }

  const failed = (error: unknown, what: 'failed' | 'notInstalled' = 'failed') => {
    const text = error instanceof Error ? error.message : String(error)
    const reason = text.split('\n')[0]?.slice(0, 300) ?? ''
    set({ state: 'failed', msg: fill(options.words().updates[what], { reason }) })
    return status.get()
  }

  let checking: Promise<UpdateStatus> | undefined

  /** The menu, the page and the start may ask at once, and while one is being fetched or waits to be installed. */
  async function check(): Promise<UpdateStatus> {
    const { state } = status.get()
    if (state === 'downloading' || state === 'ready') return status.get()
    checking ??= look().finally(() => {
      checking = undefined
    })
    return checking
  }

  async function look(): Promise<UpdateStatus> {
    if (!supported) {
      set({ state: 'unsupported', msg: options.words().updates.unsupported })
      return status.get()
    }
    set({ ...idle, state: 'checking' })
    try {
      const found = await (await load()).checkForUpdates()
      if (!found?.isUpdateAvailable) {
        set({ state: found ? 'none' : 'unsupported', msg: found ? '' : options.words().updates.unsupported })
        return status.get()
      }
      const { version, releaseNotes } = found.updateInfo
      set({ state: 'available', version, notes: toPlainText(releaseNotes) })
      return status.get()
    } catch (error) {
      return failed(error)
    }
  }

  async function download(): Promise<UpdateStatus> {
    if (status.get().state !== 'available') return status.get()
    set({ state: 'downloading', percent: 0 })
    try {
      await (await load()).downloadUpdate()
      set({ state: 'ready', percent: 100 })
      return status.get()
    } catch (error) {
      return failed(error)
    }
  }

  let installing = false

  function install(): void {
    if (status.get().state !== 'ready' || installing) return
    installing = true
    void replaceApp()
  }

  async function replaceApp(): Promise<void> {
    const loaded = await load()
    await options.beforeInstall()
    const giveUp = async (error: unknown) => {
      installing = false
      await say('error', failed(error, 'notInstalled').msg)
      options.onInstallFailure()
    }
    // It tells by this event, and not by what it throws, that the installer could not be run.
    loaded.once('error', giveUp)
    // Silent on Windows: who chose to start again now is not asked once more by a wizard.
    loaded.quitAndInstall(true, true)
  }

  /** A failure of what the user asked for is said where they asked. */
  async function say(type: 'info' | 'error', message: string): Promise<void> {
    await dialog.showMessageBox({ type, message, buttons: [options.words().dialogs.ok] })
  }

  async function offer(wasAsked: boolean): Promise<void> {
    const { state, version, notes, msg } = await check()
    const words = options.words().dialogs
    if (state === 'ready') return offerInstall()
    // The settings page shows how far it is.
    if (state === 'downloading') return
    if (state !== 'available') {
      if (wasAsked) await say(state === 'failed' ? 'error' : 'info', msg || words.updateNone)
      return
    }
    const first = await dialog.showMessageBox({
      type: 'info',
      message: fill(words.updateTitle, { version }),
      detail: notes.slice(0, 2_000),
      buttons: [words.updateNow, words.updateLater],
      defaultId: 0,
      cancelId: 1,
    })
    if (first.response !== 0) return
    const fetched = await download()
    if (fetched.state !== 'ready') {
      await say('error', fetched.msg)
      return
    }
    await offerInstall()
  }

  async function offerInstall(): Promise<void> {
    const words = options.words().dialogs
    const { response } = await dialog.showMessageBox({
      type: 'info',
      message: fill(words.updateReady, { version: status.get().version }),
      buttons: [words.restart, words.updateLater],
      defaultId: 0,
      cancelId: 1,
    })
    if (response === 0) install()
  }

  return { status: status.get, follow: status.follow, check, download, install, offer }
}

/** Release notes come as HTML, or as a list of versions with their notes. */
function toPlainText(notes: string | { version: string; note: string | null }[] | null | undefined): string {
  const text = Array.isArray(notes)
    ? notes.map(one => `${one.version}\n${one.note ?? ''}`).join('\n\n')
    : (notes ?? '')
  return text
    .replace(/<\/(p|li|h\d|div)>|<br\s*\/?>/gi, '\n')
    .replace(/<li[^>]*>/gi, '· ')
    .replace(/<[^>]+>/g, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
