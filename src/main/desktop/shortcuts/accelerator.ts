/** Hotkeys as Electron writes them, compared as the keyboard sees them. */

const MODIFIERS: Record<string, string> = {
  command: 'Meta',
  cmd: 'Meta',
  super: 'Meta',
  meta: 'Meta',
  control: 'Control',
  ctrl: 'Control',
  alt: 'Alt',
  option: 'Alt',
  shift: 'Shift',
}
const ORDER = ['Control', 'Meta', 'Alt', 'Shift']

const NAMED_KEYS = new Set(
  `space tab backspace delete insert return enter up down left right home end pageup pagedown escape esc
   plus printscreen volumeup volumedown volumemute medianexttrack mediaprevioustrack mediastop mediaplaypause
   num0 num1 num2 num3 num4 num5 num6 num7 num8 num9 numadd numsub nummult numdiv numdec`.split(/\s+/),
)

/** Keys that work alone: nobody types text with them. */
const ALONE = /^(f([1-9]|1\d|2[0-4])|media.*|volume.*|printscreen)$/

/**
 * One spelling for one key combination, so that two of them can be compared.
 *
 * @returns undefined where it is no hotkey: an unknown key, or a letter without a modifier, which could not be typed
 * any more in any program
 */
export function normalise(accelerator: string, platform: NodeJS.Platform): string | undefined {
  const parts = accelerator.split('+').map(part => part.trim().toLowerCase())
  const key = parts.pop() ?? ''
  const modifiers = new Set<string>()
  for (const part of parts) {
    const either = part === 'commandorcontrol' || part === 'cmdorctrl'
    const modifier = either ? (platform === 'darwin' ? 'Meta' : 'Control') : MODIFIERS[part]
    if (!modifier) return undefined
    modifiers.add(modifier)
  }
  if (!isKey(key)) return undefined
  const beyondShift = modifiers.has('Control') || modifiers.has('Meta') || modifiers.has('Alt')
  if (!beyondShift && !ALONE.test(key)) return undefined
  return [...ORDER.filter(one => modifiers.has(one)), SAME_KEY[key] ?? key].join('+')
}

const SAME_KEY: Record<string, string> = { esc: 'escape', return: 'enter' }

function isKey(key: string): boolean {
  return (
    /^[a-z0-9]$/.test(key) ||
    /^f([1-9]|1\d|2[0-4])$/.test(key) ||
    NAMED_KEYS.has(key) ||
    /^[-=[\]\\;',./`]$/.test(key)
  )
}
