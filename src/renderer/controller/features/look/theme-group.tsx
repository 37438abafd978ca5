import { useTranslation } from 'react-i18next'
import { LAYOUTS } from '../../../../shared/layouts.ts'
import { Choice } from '../../ui/choice.tsx'
import { Group } from '../../ui/group.tsx'
import { Slider } from '../../ui/slider.tsx'
import { useSettings, useUnits } from './use-settings.ts'

/** Languages whose characters have forms of their own, and the common others. */
const LINE_LANGUAGES = [
  { value: 'zh-CN', label: '简体中文' },
  { value: 'zh-TW', label: '繁體中文' },
  { value: 'ja', label: '日本語' },
  { value: 'ko', label: '한국어' },
  { value: 'en', label: 'English' },
]

/** Layout, size and language of the lines. */
export function ThemeGroup() {
  const { t } = useTranslation()
  const [{ look }, change] = useSettings()
  const { percent } = useUnits()
  return (
    <Group title={t('look.theme')}>
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
