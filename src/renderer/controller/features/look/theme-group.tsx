import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { LAYOUTS } from '../../../../shared/layouts.ts'
import { listThemes } from '../../api/themes.ts'
import { useDesk } from '../../desk/context.ts'
import { useLoaded } from '../../lib/use-loaded.ts'
import { Choice } from '../../ui/choice.tsx'
import { Group } from '../../ui/group.tsx'
import { Slider } from '../../ui/slider.tsx'
import { Unread } from '../../ui/unread.tsx'
import { BarField } from './bar-field.tsx'
import { ThemeFiles } from './theme-files.tsx'
import { ThemePicker } from './theme-picker.tsx'
import { TokenEditor } from './token-editor.tsx'
import { useSettings, useUnits } from './use-settings.ts'

/** Languages whose characters have forms of their own, and the common others. */
const LINE_LANGUAGES = [
  { value: 'zh-CN', label: '简体中文' },
  { value: 'zh-TW', label: '繁體中文' },
  { value: 'ja', label: '日本語' },
  { value: 'ko', label: '한국어' },
  { value: 'en', label: 'English' },
]

/** What the room wears: theme, variant, tokens; and layout, size and language of the lines. */
export function ThemeGroup() {
  const { t } = useTranslation()
  const [{ look }, change] = useSettings()
  const { percent } = useUnits()
  const { request } = useDesk()
  const { value: themes, failure, reload } = useLoaded(useCallback(() => listThemes(request), [request]))
  const worn = themes?.find(({ manifest }) => manifest.id === look.theme)
  return (
    <Group title={t('look.theme')}>
      {failure && <Unread failure={failure} onRetry={() => void reload()} />}
      {themes ? <ThemePicker themes={themes} /> : !failure && <ThemesSkeleton />}
      {worn && <TokenEditor key={worn.manifest.id} manifest={worn.manifest} />}
      {themes && <ThemeFiles worn={worn} onChanged={() => void reload()} />}
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <Choice
          label={t('look.layout')}
          value={look.layout}
          options={[
            { value: '', label: t('look.layoutAuto') },
            ...LAYOUTS.map(value => ({ value, label: t(`players.${value}`) })),
          ]}
          onChange={layout => change({ look: { layout } })}
        />
        <Slider
          label={t('look.scale')}
          value={look.scale}
          min={0.5}
          max={2}
          step={0.05}
          format={percent}
          onChange={scale => change({ look: { scale } })}
        />
        <BarField value={look.bar} onChange={bar => change({ look: { bar } })} />
        <Choice
          label={t('look.language')}
          hint={t('look.languageHint')}
          value={look.language}
          options={
            LINE_LANGUAGES.some(({ value }) => value === look.language)
              ? LINE_LANGUAGES
              : [...LINE_LANGUAGES, { value: look.language, label: look.language }]
          }
          onChange={language => change({ look: { language } })}
        />
      </div>
    </Group>
  )
}

/** The shape of the themes while they are on their way. */
function ThemesSkeleton() {
  return (
    <div aria-hidden="true" className="grid grid-cols-2 gap-2 sm:grid-cols-4">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(name => (
        <div key={name} className="h-16 rounded-box bg-base-300/50" />
      ))}
    </div>
  )
}
