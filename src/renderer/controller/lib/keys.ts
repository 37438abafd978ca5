/** What of a keyboard event decides; React's and the DOM's both fit. */
export interface KeyPress {
  key: string
  keyCode: number
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
  isComposing: boolean
}

/**
 * True while an input method is at work: that Enter picks a candidate and must never send. Safari ends the
 * composition before its keydown, which then carries keyCode 229 alone.
 */
export function isComposing(event: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229
}

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph'])

/** Names a key press as hotkeys are written: `Ctrl+Shift+B`, `Alt+1`. Null for a modifier alone. */
export function keyName(event: KeyPress & { code?: string }): string | null {
  if (MODIFIERS.has(event.key)) return null
  const parts: string[] = []
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl')
  if (event.altKey) parts.push('Alt')
  if (event.shiftKey) parts.push('Shift')
  // With Alt, macOS gives the composed letter (Alt+1 is ¡), so the key's place decides.
  const fromCode = /^(?:Key|Digit)(.)$/.exec(event.code ?? '')?.[1]
  const base = event.altKey && fromCode ? fromCode : event.key
  parts.push(base.length === 1 ? base.toUpperCase() : base)
  return parts.join('+')
}
