import { z } from 'zod'

/**
 * What the desktop app remembers, as the settings page reads and changes it through the bridge, and as it lies in
 * `desktop.json`. A new version of the shape needs a step in main/desktop/settings/migrate.ts.
 */
export const SETTINGS_VERSION = 1

/** Device-independent pixels, whole ones: Electron refuses fractions. */
const rectangle = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
})
export type Rectangle = z.infer<typeof rectangle>

const roomId = z.string().regex(/^[a-zA-Z0-9]{1,32}$/)

/** As Electron writes them, `CommandOrControl+Shift+F9`; empty = none. */
export const accelerator = z.string().max(60)

/** Ground behind the player: a key colour lets OBS cut the window out where its capture loses transparency. */
const GROUNDS = ['transparent', 'green', 'magenta', 'black'] as const

export const overlaySettings = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,36}$/),
  /** As the controller and its list of players show it; empty = by its number. */
  name: z.string().max(40),
  room: roomId,
  /** The player's layout; empty = as the room says. */
  layout: z.string().max(32),
  shown: z.boolean(),
  /** Mouse and keyboard go to the game below. */
  clickThrough: z.boolean(),
  opacity: z.number().min(0.1).max(1),
  /** 1 = as designed. */
  zoom: z.number().min(0.25).max(4),
  ground: z.enum(GROUNDS),
  /** The id of the display it belongs on; null = the primary one. It goes back there when that is plugged in again. */
  display: z.number().nullable(),
  /** Where it lay on each display, from that display's upper left corner. */
  places: z.record(z.string(), rectangle),
})
export type OverlaySettings = z.infer<typeof overlaySettings>

export const ACTIONS = [
  'overlay.toggle',
  'overlay.clickThrough',
  'overlay.edit',
  'overlay.reset',
  'overlay.streamerOnly',
  'line.next',
  'line.clear',
  'quick.open',
  'controller.open',
] as const
/** What a tray item, a menu item or a hotkey can do. */
export const actionName = z.enum(ACTIONS)
export type ActionName = z.infer<typeof actionName>

const phraseKey = z.strictObject({
  accelerator,
  speaker: z.string().max(200),
  text: z.string().min(1).max(8_000),
})
export type PhraseKey = z.infer<typeof phraseKey>

/** What a scene of OBS does to the room; an empty field leaves things as they are. */
export const sceneRule = z.strictObject({
  scene: z.string().min(1).max(200),
  /** Whose look it changes; empty = the room that hotkeys speak to. */
  room: z.union([roomId, z.literal('')]),
  theme: z.string().max(64),
  variant: z.string().max(64),
  layout: z.string().max(32),
  stage: z.enum(['', 'show', 'hide']),
})
export type SceneRule = z.infer<typeof sceneRule>

const server = z.strictObject({
  port: z.int().min(0).max(65_535),
  /** Listen on the local network too, so that a phone can open the pages. */
  lan: z.boolean(),
  /** Null = the app's own folder. */
  dataDir: z.string().nullable(),
})

const general = z.strictObject({
  openAtLogin: z.boolean(),
  startHidden: z.boolean(),
  /** Closing the window leaves the server running behind the tray icon. */
  closeToTray: z.boolean(),
  /** Of tray, menus and dialogs; empty = the system's. */
  language: z.enum(['', 'en', 'zh', 'ja']),
  /** The room that hotkeys and quick-compose speak to. */
  room: roomId,
  /** The speaker of quick-compose. */
  speaker: z.string().max(200),
  /** Linux only, from the next start on: on Wayland itself a window can't stay on top or let clicks through. */
  displayServer: z.enum(['x11', 'wayland']),
})

const obs = z.strictObject({
  /** Connect when the app starts, and again whenever OBS comes up. */
  enabled: z.boolean(),
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535),
  sourceName: z.string().min(1).max(200),
  width: z.int().min(16).max(16_384),
  height: z.int().min(16).max(16_384),
  /** Press refresh on our sources once connected: those that OBS loaded before the app are blank for ever. */
  refreshOnConnect: z.boolean(),
  /** Send each line as a closed caption of the stream. */
  captions: z.boolean(),
  followScenes: z.boolean(),
  scenes: z.array(sceneRule).max(100),
})

const updates = z.strictObject({ checkAtStart: z.boolean() })

const controllerWindow = z.strictObject({ bounds: rectangle.nullable(), maximized: z.boolean() })

export const desktopSettings = z.strictObject({
  version: z.literal(SETTINGS_VERSION),
  server,
  general,
  overlays: z.array(overlaySettings).max(8),
  /** Overlays are kept out of captures of the screen (see overlay/streamer-only.ts for what each system can do). */
  streamerOnly: z.boolean(),
  shortcuts: z.record(actionName, accelerator),
  phrases: z.array(phraseKey).max(24),
  obs,
  updates,
  controllerWindow,
})
export type DesktopSettings = z.infer<typeof desktopSettings>

/** A change of some sections, each given by its changed fields. Overlays and hotkeys have calls of their own. */
export const settingsPatch = z
  .strictObject({
    general: general.partial(),
    obs: obs.partial(),
    updates: updates.partial(),
    phrases: z.array(phraseKey).max(24),
    streamerOnly: z.boolean(),
  })
  .partial()
export type SettingsPatch = z.infer<typeof settingsPatch>

export const DEFAULT_OVERLAY: OverlaySettings = {
  id: 'overlay-1',
  name: '',
  room: 'lobby',
  layout: '',
  shown: false,
  clickThrough: true,
  opacity: 1,
  zoom: 1,
  ground: 'transparent',
  display: null,
  places: {},
}

export const DEFAULT_SCENE_RULE: Omit<SceneRule, 'scene'> = {
  room: '',
  theme: '',
  variant: '',
  layout: '',
  stage: '',
}

export const DEFAULT_SETTINGS: DesktopSettings = {
  version: SETTINGS_VERSION,
  server: { port: 8000, lan: false, dataDir: null },
  general: {
    openAtLogin: false,
    startHidden: false,
    closeToTray: true,
    language: '',
    room: 'lobby',
    speaker: '',
    displayServer: 'x11',
  },
  overlays: [DEFAULT_OVERLAY],
  streamerOnly: false,
  // Not Ctrl+Alt: that is AltGr, with which many keyboards type letters.
  shortcuts: {
    'overlay.toggle': 'CommandOrControl+Shift+F9',
    'overlay.clickThrough': 'CommandOrControl+Shift+F10',
    'overlay.edit': '',
    'overlay.reset': 'CommandOrControl+Shift+F11',
    'overlay.streamerOnly': '',
    'line.next': 'CommandOrControl+Shift+F7',
    'line.clear': 'CommandOrControl+Shift+F8',
    'quick.open': 'CommandOrControl+Shift+F6',
    'controller.open': '',
  },
  phrases: [],
  obs: {
    enabled: false,
    host: '127.0.0.1',
    port: 4455,
    sourceName: 'Streaming Message',
    width: 1920,
    height: 1080,
    refreshOnConnect: true,
    captions: false,
    followScenes: false,
    scenes: [],
  },
  updates: { checkAtStart: true },
  controllerWindow: { bounds: null, maximized: false },
}
