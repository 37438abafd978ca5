import { app, autoUpdater, clipboard, shell } from 'electron'
import { createActions } from './actions.ts'
import { setAppMenu } from './app-menu.ts'
import { openDoor } from './bridge/door.ts'
import { createHandlers } from './bridge/handlers.ts'
import { tellPages } from './bridge/tell-pages.ts'
import { describeApp } from './diagnostics.ts'
import { askAboutStart, askForFolder } from './dialogs.ts'
import { listDisplays, listScreens } from './displays.ts'
import { openLink } from './links.ts'
import { followLinks, type LinkCatcher } from './links-in.ts'
import { openLogFile } from './log-file.ts'
import { followLoginItem, wasOpenedAtLogin } from './login-item.ts'
import { followMachine } from './machine-events.ts'
import { createNotices } from './notices.ts'
import { setupObs } from './obs/setup.ts'
import { createOverlays } from './overlay/overlays.ts'
import { canHideFromCapture } from './overlay/streamer-only.ts'
import type { Paths } from './paths.ts'
import { playerAddress } from './player-address.ts'
import { stopInOrder } from './quit.ts'
import { createRoomClient } from './room-client.ts'
import { openSecrets } from './secrets.ts'
import { startServerLife } from './server-life.ts'
import type { LoadedSettings } from './settings/file.ts'
import { createSettingsStore } from './settings/store.ts'
import { setupShortcuts } from './shortcuts/shortcuts.ts'
import { startAgain } from './start-again.ts'
import { surviveErrors } from './survive.ts'
import { displayServerOf } from './switches.ts'
import { createTray } from './tray.ts'
import { createUpdates } from './updates.ts'
import { createControllerWindow } from './windows/controller.ts'
import { createQuickWindow } from './windows/quick.ts'
import { createRoles } from './windows/roles.ts'
import { zoomFocused } from './windows/zoom.ts'
import { languageFor, overlayName, wordsFor } from './words.ts'

/** What is said of a room that did not do what was asked. */
const FAILED = { send: 'line-failed', control: 'control-failed', scene: 'scene-failed' } as const

/** Puts the desktop app together. Each part is a file of its own and gets what it needs from here. */
export async function startDesktop(paths: Paths, loaded: LoadedSettings, links: LinkCatcher): Promise<void> {
  const { platform } = process
  const log = openLogFile(paths.logs)
  log.write(`start ${app.getVersion()} on ${platform}`)

  const settings = createSettingsStore({
    path: paths.settings,
    initial: loaded.settings,
    mayWrite: loaded.putAside?.why !== 'unreadable',
    onWriteFailure: reason => notices.say('warning', 'settings-unwritable', { reason }),
  })
  const words = () => wordsFor(settings.get().general.language, app.getLocale())
  const notices = createNotices(words, log.write)
  surviveErrors(reason => notices.say('error', 'crash', { reason }), log.write)
  if (loaded.putAside)
    notices.say('warning', `settings-${loaded.putAside.why}`, { path: loaded.putAside.keptAt })

  // Windows ends a session without a word to the app: its windows hear of it, and there is time for no more than this.
  app.on('browser-window-created', (_event, window) => window.on('session-end', settings.flush))
  const roles = createRoles()
  const windowGone = (window: string) => (reason: string) => {
    log.write(`${window} window gone: ${reason}`)
    notices.say('warning', 'window-restarted', { window })
  }
  // The window, whose process takes a while to come up, is made first; it waits for the server.
  const { promise: started, resolve: serverStarted } = Promise.withResolvers<void>()
  const origin = () => server.origin()
  const controller = createControllerWindow({
    started,
    origin,
    isGone: name => room.isGone(name),
    preload: paths.preload.controller,
    icon: paths.icons.app,
    settings,
    roles,
    words,
    onGone: windowGone('controller'),
    onError: message => log.write(`controller page: ${message}`),
    // The server goes on behind the tray icon unless the user wants otherwise.
    onClosed() {
      if (!settings.get().general.closeToTray) app.quit()
    },
  })
  const hidden =
    process.argv.includes('--hidden') || settings.get().general.startHidden || wasOpenedAtLogin(platform)
  if (!hidden) controller.open()

  const server = await startServerLife({
    settings,
    userData: paths.userData,
    pagesDir: paths.pages,
    env: process.env,
    log: line => log.write(`server ${line}`),
    onPort(wanted, port) {
      if (wanted === null) notices.unsay('port-taken')
      else notices.say('warning', 'port-taken', { wanted: String(wanted), port: String(port) })
    },
    onStartFailure: (error, ways) => askAboutStart(error, ways, words().dialogs),
  })
  serverStarted()
  log.write(`server at ${server.origin()}`)

  const roomOf = () => settings.get().general.room

  const room = createRoomClient({
    origin,
    token: server.ownerToken,
    room: roomOf,
    onFailure(errand, failure) {
      const detail = failure.why === 'refused' ? failure.detail : failure.why
      notices.say('error', FAILED[errand], {
        reason: detail,
        ...(failure.why === 'room-missing' && { room: failure.room }),
      })
    },
    onSuccess: errand => notices.unsay(FAILED[errand]),
  })
  const quickContext = () => {
    const { speaker, language } = settings.get().general
    return { room: roomOf(), speaker, language: languageFor(language, app.getLocale()) }
  }
  const quick = createQuickWindow({
    origin,
    preload: paths.preload.controller,
    platform,
    roles,
    context: quickContext,
    onGone: windowGone('quick'),
  })
  const overlays = createOverlays({
    origin,
    preload: paths.preload.overlay,
    roles,
    platform,
    settings,
    displays: listScreens,
    address: async overlay =>
      playerAddress({
        origin: origin(),
        room: overlay.room,
        layout: overlay.layout,
        label: overlayName(settings.get().overlays, overlay, words()),
        watchKey: await room.watchKey(overlay.room),
      }),
    onGone: windowGone('overlay'),
  })
  const actions = createActions({
    overlays,
    settings,
    room,
    openController: () => controller.open(),
    toggleQuick: quick.toggle,
  })
  const shortcuts = setupShortcuts({
    settings,
    platform,
    run: action => actions[action](),
    sendPhrase: ({ speaker, text }) => void room.send({ speaker, text }),
    onTaken(taken) {
      notices.unsay('shortcut-taken')
      for (const { accelerator, action } of taken)
        notices.say('warning', 'shortcut-taken', { accelerator, action })
    },
  })
  const obs = setupObs({
    settings,
    server,
    room,
    secrets: openSecrets(paths.secrets, platform),
    words,
    log: log.write,
  })
  // What the updater runs while this process is there finds its port, its folder and its place free; elsewhere it runs afterwards.
  const startsBeforeThisEnds = platform === 'win32' || process.env.APPIMAGE !== undefined
  const updates = createUpdates({
    words,
    devConfig: app.isPackaged ? undefined : process.env.DEV_UPDATE_CONFIG,
    log: log.write,
    async beforeInstall() {
      settings.flush()
      if (!startsBeforeThisEnds) return
      await stop()
      app.releaseSingleInstanceLock()
    },
    onInstallFailure() {
      if (startsBeforeThisEnds) startAgain(process.argv.slice(1), () => app.exit(1))
    },
  })

  const displayServer = displayServerOf(process.argv, process.env, platform)
  if (displayServer === 'wayland') notices.say('warning', 'wayland-limits')
  const diagnose = () => {
    const about = {
      version: app.getVersion(),
      versions: process.versions,
      platform,
      settings: settings.get(),
    }
    const state = {
      server: server.status(),
      obs: obs.status(),
      notices: notices.list(),
      displays: listScreens(),
    }
    const text = describeApp({ ...about, ...state, log: log.tail(200) })
    clipboard.writeText(text)
    return text
  }
  openDoor({
    roles,
    origin,
    log: log.write,
    handlers: createHandlers({
      server,
      settings,
      overlays,
      shortcuts,
      notices,
      obs,
      updates,
      room,
      words,
      appInfo: () => ({
        version: app.getVersion(),
        platform,
        displayServer,
        can: {
          clickThrough: displayServer !== 'wayland',
          stayOnTop: displayServer !== 'wayland',
          hideFromCapture: canHideFromCapture(platform),
        },
        logsDir: log.folder,
      }),
      displays: listDisplays,
      openLink: url => void openLink(url, words().dialogs),
      openLogs: () => void shell.openPath(log.folder),
      copyDiagnostics: diagnose,
      chooseDataDir: askForFolder,
      quickContext,
      closeQuick: quick.close,
    }),
  })
  tellPages({ roles, settings, server, overlays, shortcuts, notices, obs, updates })

  const trayState = () => ({ overlays: overlays.list(), settings: settings.get(), server: server.status() })
  const tray = createTray(trayState(), {
    icon: paths.icons.tray,
    platform,
    actions,
    words,
    copyAddress: () => clipboard.writeText(playerAddress({ origin: origin(), room: roomOf() })),
    quit: () => app.quit(),
  })
  const drawMenu = () =>
    setAppMenu({
      platform,
      packaged: app.isPackaged,
      actions,
      words,
      zoom: step => zoomFocused(step, roles, overlays),
      copyDiagnostics: diagnose,
      openLogs: () => void shell.openPath(log.folder),
      checkUpdates: () => void updates.offer(true),
    })
  drawMenu()

  followLoginItem(settings, reason => notices.say('warning', 'login-item-unavailable', { reason }))
  let { streamerOnly, general } = settings.get()
  settings.follow(now => {
    if (now.streamerOnly !== streamerOnly) {
      streamerOnly = now.streamerOnly
      if (streamerOnly && !canHideFromCapture(platform)) notices.say('info', 'capture-hidden')
      else notices.unsay('capture-hidden')
      overlays.arrange()
    }
    if (now.general.language !== general.language) {
      drawMenu()
      notices.reword()
    }
    general = now.general
    tray.update(trayState())
  })
  overlays.follow(() => tray.update(trayState()))
  let address = origin()
  server.follow(() => {
    tray.update(trayState())
    if (origin() === address) return
    address = origin()
    for (const window of [controller, quick, overlays]) window.reload()
  })
  const unfollowMachine = followMachine({
    onWake() {
      log.write('awake again')
      overlays.arrange()
      obs.reconnect()
    },
    onNetwork: server.lookAgain,
    onDisplays() {
      overlays.arrange()
      const missing = overlays.list().find(one => one.displayMissing && one.shown)
      if (missing) notices.say('info', 'display-missing', { display: missing.displayLabel })
      else notices.unsay('display-missing')
    },
  })
  followLinks(links, {
    openController: name => controller.open(name),
    exists: room.exists,
    refuse: () => notices.say('warning', 'link-refused'),
    unknown: name => notices.say('warning', 'link-unknown-room', { room: name }),
  })
  // Whoever was choosing a hotkey is gone, or its page is: nobody else would give the keys back.
  app.on('browser-window-blur', () => shortcuts.pause(false))
  controller.followPageGone(() => shortcuts.pause(false))
  app.on('activate', () => controller.open())
  // Electron's own answer would be to quit; overlays come and go, and the app may have started without a window.
  app.on('window-all-closed', () => undefined)
  app.on('before-quit', overlays.leave)
  // On macOS an update closes the windows first and quits then.
  autoUpdater.on('before-quit-for-update', overlays.leave)
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= leaveInOrder()
    return stopped
  }
  async function leaveInOrder(): Promise<void> {
    log.write('stop')
    unfollowMachine()
    shortcuts.stop()
    overlays.close()
    settings.flush()
    await obs.stop()
    await server.stop()
  }
  stopInOrder(stop)

  overlays.arrange()
  if (settings.get().updates.checkAtStart && app.isPackaged) void updates.offer(false)
  log.write('ready')
}
