import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { guard, guardClass } from '../guard.ts'

/** The parts of the operating system that only need to be asked and remembered. */

const MODIFIERS = /^(command|cmd|control|ctrl|commandorcontrol|cmdorctrl|alt|option|altgr|shift|super|meta)$/i
const KEYS =
  /^([a-z0-9]|f([1-9]|1\d|2[0-4])|plus|space|tab|capslock|numlock|scrolllock|backspace|delete|insert|return|enter|up|down|left|right|home|end|pageup|pagedown|escape|esc|volumeup|volumedown|volumemute|medianexttrack|mediaprevioustrack|mediastop|mediaplaypause|printscreen|num\d|numdec|numadd|numsub|nummult|numdiv|[)!@#$%^&*(:;+=<,_>.?/~`{\][|\\}"'-])$/i

function isAccelerator(text: string): boolean {
  const parts = text.split('+')
  const key = parts.pop() ?? ''
  return KEYS.test(key) && parts.every(one => MODIFIERS.test(one))
}

const registered = new Map<string, () => void>()
let suspended = false
export const globalShortcut = guard('GlobalShortcut', {
  register(accelerator: string, callback: () => void): boolean {
    if (!isAccelerator(accelerator)) {
      throw new TypeError(`Error processing argument at index 0, conversion failure from ${accelerator}`)
    }
    if (suspended || registered.has(accelerator.toLowerCase())) return false
    registered.set(accelerator.toLowerCase(), callback)
    return true
  },
  isRegistered: (accelerator: string) => registered.has(accelerator.toLowerCase()),
  unregister: (accelerator: string) => void registered.delete(accelerator.toLowerCase()),
  unregisterAll: () => registered.clear(),
  setSuspended(on: boolean): void {
    suspended = on
  },
  isSuspended: () => suspended,
})

const display = (id: number, x: number, width: number, height: number) => ({
  id,
  label: `Display ${id}`,
  bounds: { x, y: 0, width, height },
  workArea: { x, y: 0, width, height: height - 40 },
  size: { width, height },
  workAreaSize: { width, height: height - 40 },
  scaleFactor: 1,
  rotation: 0,
  internal: id === 1,
})
const displays = [display(1, 0, 1920, 1080)]

interface Point {
  x: number
  y: number
}

class Screen extends EventEmitter {
  getAllDisplays = () => displays
  getPrimaryDisplay = () => displays[0]
  getCursorScreenPoint = () => ({ x: 960, y: 540 })
  getDisplayNearestPoint = (_point: Point) => displays[0]
  getDisplayMatching = (_rect: Point & { width: number; height: number }) => displays[0]
}
export const screen = guard('Screen', new Screen())

class PowerMonitor extends EventEmitter {
  getSystemIdleTime = () => 0
  getSystemIdleState = (_threshold: number) => 'active'
  isOnBatteryPower = () => false
}
export const powerMonitor = guard('PowerMonitor', new PowerMonitor())

class NativeTheme extends EventEmitter {
  themeSource = 'system'
  shouldUseDarkColors = false
}
export const nativeTheme = guard('NativeTheme', new NativeTheme())

let blockers = 0
export const powerSaveBlocker = guard('PowerSaveBlocker', {
  start: (_type: string) => ++blockers,
  stop: (_id: number) => true,
  isStarted: (_id: number) => false,
})

// The same key at each start: what one run keeps, the next must be able to read.
const KEY = Buffer.alloc(32, 7)
const encrypt = (text: string) => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', KEY, nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from('v10'), nonce, cipher.getAuthTag(), body])
}
const decrypt = (data: Buffer) => {
  const decipher = createDecipheriv('aes-256-gcm', KEY, data.subarray(3, 15))
  decipher.setAuthTag(data.subarray(15, 31))
  return Buffer.concat([decipher.update(data.subarray(31)), decipher.final()]).toString('utf8')
}
export const safeStorage = guard('SafeStorage', {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => process.env.STAND_IN_SECRETS ?? 'gnome_libsecret',
  encryptStringAsync: async (text: string) => encrypt(text),
  decryptStringAsync: async (data: Buffer) => ({ result: decrypt(data), shouldReEncrypt: false }),
})

// Never reached under the recorder, which answers in the user's place; alone, they say what a user would have seen.
export const dialog = guard('Dialog', {
  showErrorBox: (title: string, content: string) => console.error(`${title}: ${content}`),
  showMessageBox: async (..._args: object[]) => ({ response: 0, checkboxChecked: false }),
  showOpenDialog: async (..._args: object[]) => ({ canceled: true, filePaths: [] }),
  showSaveDialog: async (..._args: object[]) => ({ canceled: true, filePath: '' }),
})

export const shell = guard('Shell', {
  openExternal: async (_url: string, _options?: object) => {},
  openPath: async (_path: string) => '',
  showItemInFolder: (_path: string) => {},
  beep: () => {},
})

let clipped = ''
export const clipboard = guard('Clipboard', {
  writeText: (text: string, _type?: string) => {
    clipped = text
  },
  readText: (_type?: string) => clipped,
})

class NotificationImpl extends EventEmitter {
  readonly title: string
  readonly body: string
  constructor(options: { title?: string; body?: string } = {}) {
    super()
    this.title = options.title ?? ''
    this.body = options.body ?? ''
  }
  static isSupported = () => true
  show(): void {
    this.emit('show', {})
  }
  close(): void {
    this.emit('close', {})
  }
}
export const Notification = guardClass('Notification', NotificationImpl)

export const crashReporter = guard('CrashReporter', {
  start: (_options: object) => {},
  getLastCrashReport: () => null,
})

export const systemPreferences = guard('SystemPreferences', {
  isTrustedAccessibilityClient: (_prompt: boolean) => true,
})
