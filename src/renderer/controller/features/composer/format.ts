import { readableText } from '../../desk/message-text.ts'

/** A pair of tags of the markup (docs/markup.md) that the toolbar puts around the selection. */
export interface Format {
  open: string
  close: string
  /** Put between the tags where nothing is selected, and selected then. */
  sample?: string
}

/** @param name with its value, as the markup has it: `b`, `color=#ff0000` */
export const tag = (name: string): Format => ({ open: `[${name}]`, close: '[/]' })

/** Text that stands alone: nothing goes between. */
export const plain = (text: string): Format => ({ open: text, close: '' })

/** What has a button of its own; words are `compose.*`. */
export const formats = {
  bold: tag('b'),
  italic: tag('i'),
  underline: tag('u'),
  strike: tag('s'),
  dots: tag('dot'),
  bigger: tag('+'),
  smaller: tag('-'),
  fast: tag('speed=2'),
  slow: tag('speed=0.5'),
  pause: plain('[wait=500]'),
  shout: plain('[shout]'),
  ruby: { open: '{', close: '|}', sample: '漢字' },
} as const satisfies Record<string, Format>

/** By the key that applies them; `Cmd` counts as `Ctrl`. */
export const formatKeys: Record<string, Format | undefined> = {
  'Ctrl+B': formats.bold,
  'Ctrl+I': formats.italic,
  'Ctrl+U': formats.underline,
  'Ctrl+D': formats.strike,
  'Ctrl+ArrowUp': formats.bigger,
  'Ctrl+ArrowDown': formats.smaller,
}

/** Shows the speaker's standing picture of this name from here on. */
export const expressionFormat = (name: string): Format =>
  plain(`[sprite face="${name.replace(/["\\]/g, '\\$&')}"]`)

/** Puts the tags around the field's selection. */
export function wrapSelection(field: HTMLTextAreaElement, { open, close, sample = '' }: Format): void {
  const { selectionStart, selectionEnd, value } = field
  const inner = value.slice(selectionStart, selectionEnd) || sample
  replaceSelection(field, open + inner + close)
  const start = selectionStart + open.length
  field.setSelectionRange(start, start + inner.length)
}

/** Takes all tags out of the selection, or of the whole text where nothing is selected. */
export function clearFormat(field: HTMLTextAreaElement): void {
  if (field.selectionStart === field.selectionEnd) field.select()
  const { selectionStart, selectionEnd, value } = field
  const bare = readableText({ message: value.slice(selectionStart, selectionEnd) })
  replaceSelection(field, bare)
  field.setSelectionRange(selectionStart, selectionStart + bare.length)
}

/**
 * Through `execCommand`, because only that leaves the change in the browser's own undo history (Ctrl+Z in the
 * composer).
 */
function replaceSelection(field: HTMLTextAreaElement, text: string): void {
  field.focus()
  if (document.execCommand(text === '' ? 'delete' : 'insertText', false, text)) return
  field.setRangeText(text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
