/** A pair of tags of the markup (docs/markup.md) that the toolbar puts around the selection. */
export interface Format {
  open: string
  close: string
  /** Put between the tags where nothing is selected, and selected then. */
  sample?: string
}

const tag = (name: string): Format => ({ open: `[${name}]`, close: '[/]' })

/** By the key that applies them. */
export const formatKeys: Record<string, Format | undefined> = {
  'Ctrl+B': tag('b'),
  'Ctrl+I': tag('i'),
  'Ctrl+U': tag('u'),
  'Ctrl+D': tag('s'),
}

export const formats = {
  bold: tag('b'),
  italic: tag('i'),
  underline: tag('u'),
  strike: tag('s'),
  dots: tag('dot'),
  bigger: tag('+'),
  smaller: tag('-'),
  wave: tag('wave'),
  shake: tag('shake'),
  rainbow: tag('rainbow'),
  fast: tag('speed=2'),
  slow: tag('speed=0.5'),
  pause: { open: '[wait=500]', close: '' },
  ruby: { open: '{', close: '|}', sample: '漢字' },
} as const satisfies Record<string, Format>

/** Shows the speaker's standing picture of this name from here on. */
export const expressionFormat = (name: string): Format => ({
  open: `[sprite face="${name.replace(/["\\]/g, '\\$&')}"]`,
  close: '',
})

export const colourFormat = (colour: string): Format => tag(`color=${colour}`)

/**
 * Puts the tags around the field's selection. Through `execCommand`, because only that leaves the change in the
 * browser's own undo history (Ctrl+Z in the composer).
 */
export function wrapSelection(field: HTMLTextAreaElement, { open, close, sample = '' }: Format): void {
  const { selectionStart, selectionEnd, value } = field
  const inner = value.slice(selectionStart, selectionEnd) || sample
  field.focus()
  const text = open + inner + close
  if (!document.execCommand('insertText', false, text)) {
    field.setRangeText(text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const start = selectionStart + open.length
  field.setSelectionRange(start, start + inner.length)
}
