import { z } from 'zod'
import {
  accelerator,
  actionName,
  type DesktopSettings,
  desktopSettings,
  type OverlaySettings,
  overlaySettings,
  type PhraseKey,
  type SceneRule,
  sceneRule,
  settingsPatch,
} from './desktop-settings.ts'

/**
 * Everything that a page may ask of the desktop app, in one table: name -> who may ask, what it sends, what it gets.
 * Main's door (main/desktop/bridge/door.ts) checks sender and input against it; both sides take their types from it.
 *
 * A page calls `window.desktop.call('overlay.edit', { id, on: true })` and gets a {@link BridgeResult}; it follows what
 * changes by `window.desktop.on('overlays', overlays => …)`, which returns the way to stop. The preload scripts import
 * only types from here, so that no zod reaches a page.
 */

const nothing = z.undefined()
const done = z.void()
const overlayId = overlaySettings.shape.id
/** How far a pointer can have gone, in screen pixels; Electron's coordinates end at 32 bits. */
const distance = z.number().min(-100_000).max(100_000)
const httpUrl = z.url({ protocol: /^https?$/ })

const addresses = z.array(z.string())
const serverStatus = z.object({
  /** `http://localhost:8000`: what this machine's pages and OBS use. */
  url: z.string(),
  port: z.number(),
  /** The port that was asked for, when another program had it. */
  wantedPort: z.number().nullable(),
  lan: z.boolean(),
  /** What a phone on the same network types, best first; a QR code can be drawn of each. */
  lanUrls: addresses,
  dataDir: z.string(),
  /** Which of these the environment named at the start: the settings cannot change them. */
  given: z.object({ host: z.boolean(), port: z.boolean(), dataDir: z.boolean() }),
  state: z.enum(['running', 'restarting', 'stopped']),
})
export type ServerStatus = z.infer<typeof serverStatus>

const overlayStatus = overlaySettings.extend({
  editing: z.boolean(),
  bounds: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  /** The display that it is on now; `displayMissing`: the one it belongs to is unplugged. */
  displayLabel: z.string(),
  displayMissing: z.boolean(),
})
export type OverlayStatus = z.infer<typeof overlayStatus>

export type OverlayChange = Partial<
  Pick<
    OverlaySettings,
    'name' | 'room' | 'layout' | 'shown' | 'clickThrough' | 'opacity' | 'zoom' | 'ground' | 'display'
  >
>
const overlayChange = overlaySettings
  .pick({ name: true, room: true, layout: true, shown: true, clickThrough: true, opacity: true })
  .extend(overlaySettings.pick({ zoom: true, ground: true, display: true }).shape)
  .partial()

/** Why a hotkey does not work: `taken` by another program, `duplicate` of `by` (ours), `invalid` to the system. */
const shortcutStatus = z.object({
  action: z.string(),
  accelerator: z.string(),
  state: z.enum(['active', 'off', 'taken', 'duplicate', 'invalid']),
  by: z.string().nullable(),
})
export type ShortcutStatus = z.infer<typeof shortcutStatus>

const OBS_FAILURES = [
  'not-running',
  'wrong-password',
  'password-needed',
  'too-old',
  'no-browser-source',
  'scene-missing',
  'source-missing',
  'name-taken',
  'not-streaming',
  'not-connected',
  'nonsense',
  'timeout',
] as const
const obsFailure = z.enum(OBS_FAILURES)
export type ObsFailure = z.infer<typeof obsFailure>

const obsStatus = z.object({
  state: z.enum(['off', 'connecting', 'connected', 'failed']),
  failure: obsFailure.nullable(),
  /** One sentence on the failure, in the app's language. */
  msg: z.string(),
  obsVersion: z.string(),
  websocketVersion: z.string(),
  scenes: z.array(z.string()),
  currentScene: z.string(),
  /** Our browser sources in OBS: those that show an address of this server. */
  sources: z.array(z.object({ name: z.string(), url: z.string() })),
  hasPassword: z.boolean(),
  /** The system has no key store: the password would only be scrambled, so it is kept for this run only. */
  passwordNotKept: z.boolean(),
})
export type ObsStatus = z.infer<typeof obsStatus>

const updateStatus = z.object({
  state: z.enum(['idle', 'unsupported', 'checking', 'none', 'available', 'downloading', 'ready', 'failed']),
  version: z.string(),
  /** Release notes as plain text. */
  notes: z.string(),
  /** 0 to 100. */
  percent: z.number(),
  msg: z.string(),
})
export type UpdateStatus = z.infer<typeof updateStatus>

const notice = z.object({
  id: z.number(),
  level: z.enum(['info', 'warning', 'error']),
  /** Closed set, for the UI's own words: see main/desktop/notices.ts. */
  code: z.string(),
  params: z.record(z.string(), z.string()),
  /** The same in the app's language. */
  msg: z.string(),
})
export type Notice = z.infer<typeof notice>

const display = z.object({ id: z.number(), label: z.string(), primary: z.boolean() })
export type DisplayInfo = z.infer<typeof display>

const appInfo = z.object({
  version: z.string(),
  platform: z.string(),
  /** Linux: how windows are drawn; null elsewhere. */
  displayServer: z.enum(['x11', 'wayland']).nullable(),
  /** What this system can do for overlays, so that the UI offers no more. */
  can: z.object({ clickThrough: z.boolean(), stayOnTop: z.boolean(), hideFromCapture: z.boolean() }),
  logsDir: z.string(),
})
export type AppInfo = z.infer<typeof appInfo>

/** Which window's page may make a call. */
export type BridgeWindow = 'controller' | 'quick' | 'overlay'

const row = <From extends BridgeWindow, Input extends z.ZodType, Output extends z.ZodType>(
  from: From,
  input: Input,
  output: Output,
) => ({ from, input, output })

export const bridge = {
  /** A short-lived credential of the owner for this window: `Authorization: Bearer …`; ask again before it ends. */
  'owner.token': row('controller', nothing, z.object({ token: z.string() })),
  'app.info': row('controller', nothing, appInfo),
  /** Opens a web page in the user's browser. */
  'app.openLink': row('controller', z.object({ url: httpUrl }), done),
  'app.openLogs': row('controller', nothing, done),
  /** Puts versions, settings without secrets, and the end of the log on the clipboard; answers the same text. */
  'app.copyDiagnostics': row('controller', nothing, z.object({ text: z.string() })),
  'notices.list': row('controller', nothing, z.array(notice)),
  'notices.dismiss': row('controller', z.object({ id: z.number() }), done),
  'settings.get': row('controller', nothing, desktopSettings),
  'settings.change': row('controller', settingsPatch, desktopSettings),
  'server.status': row('controller', nothing, serverStatus),
  /** Restarts the server; pages reconnect by themselves. */
  'server.change': row(
    'controller',
    z.object({ lan: z.boolean(), port: z.int().min(0).max(65_535) }).partial(),
    serverStatus,
  ),
  'server.chooseDataDir': row('controller', nothing, serverStatus),
  'displays.list': row('controller', nothing, z.array(display)),
  'overlay.list': row('controller', nothing, z.array(overlayStatus)),
  'overlay.add': row('controller', z.object({ room: overlaySettings.shape.room }), overlayStatus),
  'overlay.remove': row('controller', z.object({ id: overlayId }), done),
  'overlay.change': row('controller', z.object({ id: overlayId, change: overlayChange }), overlayStatus),
  /** Edit mode: a frame to drag and resize by; leaving it goes back to play mode. */
  'overlay.edit': row('controller', z.object({ id: overlayId, on: z.boolean() }), overlayStatus),
  /** Back to the default place, visible, out of click-through. */
  'overlay.reset': row('controller', z.object({ id: overlayId }), overlayStatus),
  'shortcuts.list': row('controller', nothing, z.array(shortcutStatus)),
  'shortcuts.set': row('controller', z.object({ action: actionName, accelerator }), z.array(shortcutStatus)),
  /** While a field waits for a hotkey's keys; ends by itself when the window loses the keyboard. */
  'shortcuts.pause': row('controller', z.object({ on: z.boolean() }), done),
  'obs.status': row('controller', nothing, obsStatus),
  /** Without a password, the kept one is used. */
  'obs.connect': row('controller', z.object({ password: z.string().max(500).optional() }), obsStatus),
  'obs.disconnect': row('controller', nothing, obsStatus),
  'obs.forgetPassword': row('controller', nothing, obsStatus),
  /** Creates the browser source in the scene, or brings the one of that name up to date. */
  'obs.putSource': row(
    'controller',
    z.object({ scene: z.string().min(1), room: overlaySettings.shape.room }),
    z.object({ created: z.boolean(), name: z.string() }),
  ),
  'obs.refreshSources': row('controller', nothing, z.object({ refreshed: z.array(z.string()) })),
  'obs.setScenes': row('controller', z.object({ scenes: z.array(sceneRule).max(100) }), obsStatus),
  'updates.status': row('controller', nothing, updateStatus),
  'updates.check': row('controller', nothing, updateStatus),
  'updates.download': row('controller', nothing, updateStatus),
  'updates.install': row('controller', nothing, done),

  'quick.context': row(
    'quick',
    nothing,
    z.object({ room: z.string(), speaker: z.string(), language: z.string() }),
  ),
  'quick.send': row(
    'quick',
    z.object({ text: z.string().trim().min(1).max(8_000), speaker: z.string().max(200) }),
    done,
  ),
  'quick.close': row('quick', nothing, done),

  /** The overlay's own frame (preload/overlay-frame.ts): it can move its own window and nothing else. */
  'frame.state': row(
    'overlay',
    nothing,
    z.object({
      editing: z.boolean(),
      /** Of the page: the frame undoes it for itself. */
      zoom: z.number(),
      label: z.string(),
      done: z.string(),
      buttons: z.record(z.enum(['opacity-', 'opacity+', 'zoom-', 'zoom+']), z.string()),
    }),
  ),
  'frame.drag': row(
    'overlay',
    z.object({
      handle: z.enum(['move', 'n', 'e', 's', 'w', 'ne', 'nw', 'se', 'sw']),
      dx: distance,
      dy: distance,
      /** Whether it sticks to edges and middle of the screen: to a key, which moves it by a pixel, it could not leave them. */
      snap: z.boolean(),
    }),
    done,
  ),
  'frame.drop': row('overlay', nothing, done),
  'frame.adjust': row(
    'overlay',
    z.object({ what: z.enum(['opacity', 'zoom']), step: z.union([z.literal(1), z.literal(-1)]) }),
    done,
  ),
  'frame.done': row('overlay', nothing, done),
} as const

/** What main tells its windows unasked: name -> who hears it, with what. */
export interface BridgeEvents {
  notices: Notice[]
  settings: DesktopSettings
  server: ServerStatus
  overlays: OverlayStatus[]
  displays: DisplayInfo[]
  shortcuts: ShortcutStatus[]
  obs: ObsStatus
  updates: UpdateStatus
  /** A deep link or a tray item asks the controller to show this room. */
  openRoom: { room: string }
  /** To the quick window, each time it opens. */
  quick: { room: string; speaker: string; language: string }
}

export type BridgeName = keyof typeof bridge
export type BridgeInput<Name extends BridgeName> = z.infer<(typeof bridge)[Name]['input']>
export type BridgeOutput<Name extends BridgeName> = z.infer<(typeof bridge)[Name]['output']>
export type BridgeEvent = keyof BridgeEvents

export const BRIDGE_ERRORS = [
  'refused',
  'invalid-input',
  'not-found',
  'unavailable',
  'internal',
  ...OBS_FAILURES,
] as const
export type BridgeErrorCode = (typeof BRIDGE_ERRORS)[number]

/** Errors are values: `msg` is one sentence in the app's language. */
export type BridgeResult<Output> =
  | { ok: true; value: Output }
  | { ok: false; code: BridgeErrorCode; msg: string }

/** The names that a window's page may call. */
export type NamesFor<Window extends BridgeWindow> = {
  [Name in BridgeName]: (typeof bridge)[Name]['from'] extends Window ? Name : never
}[BridgeName]

/** `window.desktop` in the controller's page; undefined in a browser. */
export interface DesktopBridge<Names extends BridgeName = BridgeName> {
  call<Name extends Names>(
    name: Name,
    ...input: undefined extends BridgeInput<Name> ? [] : [input: BridgeInput<Name>]
  ): Promise<BridgeResult<BridgeOutput<Name>>>
  /** @returns the way to stop listening */
  on<Event extends BridgeEvent>(event: Event, listener: (detail: BridgeEvents[Event]) => void): () => void
}

export type { DesktopSettings, OverlaySettings, PhraseKey, SceneRule }
