import {
  AArrowDown,
  AArrowUp,
  Bold,
  Ellipsis,
  Gauge,
  Italic,
  Languages,
  type LucideIcon,
  Rainbow,
  Strikethrough,
  Timer,
  Underline,
  Vibrate,
  Waves,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { composerId } from '../../desk/focus.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { colourFormat, type Format, formats, wrapSelection } from './format.ts'

const buttons = [
  { name: 'bold', icon: Bold, keys: 'Ctrl+B' },
  { name: 'italic', icon: Italic, keys: 'Ctrl+I' },
  { name: 'underline', icon: Underline, keys: 'Ctrl+U' },
  { name: 'strike', icon: Strikethrough, keys: 'Ctrl+D' },
  { name: 'bigger', icon: AArrowUp, keys: '' },
  { name: 'smaller', icon: AArrowDown, keys: '' },
  { name: 'dots', icon: Ellipsis, keys: '' },
  { name: 'ruby', icon: Languages, keys: '' },
  { name: 'wave', icon: Waves, keys: '' },
  { name: 'shake', icon: Vibrate, keys: '' },
  { name: 'rainbow', icon: Rainbow, keys: '' },
  { name: 'slow', icon: Gauge, keys: '' },
  { name: 'pause', icon: Timer, keys: '' },
] as const satisfies { name: keyof typeof formats; icon: LucideIcon; keys: string }[]

/** Readable on dark boxes and on light ones alike. */
const COLOURS = ['#e5484d', '#e0762f', '#c99a2e', '#3f9d5b', '#2f8fb5', '#4a6fdc', '#8e5bd0', '#d0559a']

/** Writes the markup, so that nobody has to know it. Keeps the caret where it was. */
export function Toolbar() {
  const { t } = useTranslation()
  function apply(format: Format): void {
    const field = document.getElementById(composerId)
    if (field instanceof HTMLTextAreaElement) wrapSelection(field, format)
  }
  return (
    <div
      role="toolbar"
      aria-label={t('compose.toolbar')}
      className="flex items-center gap-0.5 overflow-x-auto [scrollbar-width:none]"
    >
      {buttons.map(({ name, icon, keys }) => (
        <IconButton
          key={name}
          icon={icon}
          label={t(`compose.${name}`)}
          title={keys ? `${t(`compose.${name}`)} (${keys})` : t(`compose.${name}`)}
          onClick={() => apply(formats[name])}
        />
      ))}
      <span className="mx-1 h-5 w-px flex-none bg-base-300" aria-hidden="true" />
      {COLOURS.map((colour, index) => (
        <button
          key={colour}
          type="button"
          aria-label={t('compose.colour', { number: index + 1 })}
          title={colour}
          className="flex size-7 flex-none items-center justify-center rounded-field hover:bg-base-300"
          onMouseDown={event => event.preventDefault()}
          onClick={() => apply(colourFormat(colour))}
        >
          <span className="size-3.5 rounded-full" style={{ background: colour }} />
        </button>
      ))}
    </div>
  )
}
