import {
  AArrowDown,
  AArrowUp,
  Bold,
  Braces,
  Ellipsis,
  Gauge,
  ImagePlus,
  Italic,
  Languages,
  type LucideIcon,
  Maximize2,
  Minimize2,
  Palette,
  RemoveFormatting,
  SlidersHorizontal,
  Smile,
  Strikethrough,
  Timer,
  Underline,
  Vibrate,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../desk/context.ts'
import { composerField } from '../../desk/focus.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { clearFormat, type Format, formats, tag, wrapSelection } from './format.ts'
import type { PanelName } from './panels/names.ts'

const panels = [
  { name: 'emoji', icon: Smile, keys: 'Ctrl+E' },
  { name: 'pictures', icon: ImagePlus, keys: 'Ctrl+Shift+I' },
  { name: 'palette', icon: Palette, keys: 'Ctrl+Shift+C' },
] as const satisfies { name: PanelName; icon: LucideIcon; keys: string }[]

const buttons = [
  { name: 'bold', icon: Bold, keys: 'Ctrl+B' },
  { name: 'italic', icon: Italic, keys: 'Ctrl+I' },
  { name: 'underline', icon: Underline, keys: 'Ctrl+U' },
  { name: 'strike', icon: Strikethrough, keys: 'Ctrl+D' },
  { name: 'bigger', icon: AArrowUp, keys: 'Ctrl+↑' },
  { name: 'smaller', icon: AArrowDown, keys: 'Ctrl+↓' },
  { name: 'dots', icon: Ellipsis, keys: '' },
  { name: 'ruby', icon: Languages, keys: '' },
  { name: 'slow', icon: Gauge, keys: '' },
  { name: 'pause', icon: Timer, keys: '' },
  { name: 'shout', icon: Vibrate, keys: '' },
] as const satisfies { name: keyof typeof formats; icon: LucideIcon; keys: string }[]

/** Colours used last that stay at hand. */
const AT_HAND = 4

interface ToolbarProps {
  open: PanelName | null
  expanded: boolean
  onPanel(name: PanelName): void
  onExpand(): void
}

/** Writes the markup, so that nobody has to know it. Keeps the caret where it was. */
export function Toolbar({ open, expanded, onPanel, onExpand }: ToolbarProps) {
  const { t } = useTranslation()
  const [{ recentColours }] = usePreferences()
  const apply = (format: Format) => {
    const field = composerField()
    if (field) wrapSelection(field, format)
  }
  const hint = (word: string, keys: string) => (keys ? `${word} (${keys})` : word)
  return (
    <div
      role="toolbar"
      aria-label={t('compose.toolbar')}
      className="flex items-center gap-0.5 overflow-x-auto [scrollbar-width:none]"
    >
      {panels.map(({ name, icon, keys }) => (
        <IconButton
          key={name}
          icon={icon}
          label={t(`picker.${name}`)}
          title={hint(t(`picker.${name}`), keys)}
          aria-expanded={open === name}
          active={open === name}
          onClick={() => onPanel(name)}
        />
      ))}
      {recentColours.slice(0, AT_HAND).map(colour => (
        <button
          key={colour}
          type="button"
          aria-label={t('compose.colour', { colour })}
          title={colour}
          className="flex size-7 flex-none items-center justify-center rounded-field hover:bg-base-300"
          onMouseDown={event => event.preventDefault()}
          onClick={() => apply(tag(`color=${colour}`))}
        >
          <span
            className="size-3.5 rounded-full ring-1 ring-base-content/20"
            style={{ background: colour }}
          />
        </button>
      ))}
      <Divider />
      {buttons.map(({ name, icon, keys }) => (
        <IconButton
          key={name}
          icon={icon}
          label={t(`compose.${name}`)}
          title={hint(t(`compose.${name}`), keys)}
          onClick={() => apply(formats[name])}
        />
      ))}
      <IconButton
        icon={RemoveFormatting}
        label={t('compose.clear')}
        title={hint(t('compose.clear'), 'Ctrl+Shift+Space')}
        onClick={() => {
          const field = composerField()
          if (field) clearFormat(field)
        }}
      />
      <Divider />
      <IconButton
        icon={SlidersHorizontal}
        label={t('picker.options')}
        aria-expanded={open === 'options'}
        active={open === 'options'}
        onClick={() => onPanel('options')}
      />
      <IconButton
        icon={Braces}
        label={t('picker.jsonView')}
        aria-expanded={open === 'json'}
        active={open === 'json'}
        onClick={() => onPanel('json')}
      />
      <IconButton
        icon={expanded ? Minimize2 : Maximize2}
        label={expanded ? t('compose.shrink') : t('compose.expand')}
        title={hint(expanded ? t('compose.shrink') : t('compose.expand'), 'Ctrl+Shift+F')}
        onClick={onExpand}
      />
    </div>
  )
}

function Divider() {
  return <span className="mx-1 h-5 w-px flex-none bg-base-300" aria-hidden="true" />
}
