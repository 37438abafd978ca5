/** Keys that browsers and Electron call differently. */
const NAMES: Record<string, string> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ' ': 'Space',
  '+': 'Plus',
}

/** Turns a key's name as this page writes it (`Ctrl+Shift+B`) into Electron's (`CommandOrControl+Shift+B`). */
export function toAccelerator(key: string): string {
  const plus = key.endsWith('++')
  const parts = plus ? [...key.slice(0, -2).split('+'), '+'] : key.split('+')
  return parts.map(part => (part === 'Ctrl' ? 'CommandOrControl' : (NAMES[part] ?? part))).join('+')
}

/** How a hotkey is shown: short, and as the keyboard is labelled. */
export function showAccelerator(accelerator: string, isMac: boolean): string {
  return accelerator.replace('CommandOrControl', isMac ? '⌘' : 'Ctrl')
}
