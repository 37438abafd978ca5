import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { listThemes } from '../../api/themes.ts'
import { useDesk } from '../../desk/context.ts'
import { useLoaded } from '../../lib/use-loaded.ts'
import { Choice } from '../../ui/choice.tsx'
import { useThemeLabel } from '../../ui/use-theme-label.ts'

/** A theme that the speaker brings along. One that is gone from the server stays named until another is chosen. */
export function ThemeChoice({ value, onChange }: { value: string; onChange(theme: string): void }) {
  const { t } = useTranslation()
  const { request } = useDesk()
  const label = useThemeLabel()
  const { value: themes } = useLoaded(useCallback(() => listThemes(request), [request]))
  const known = (themes ?? []).map(({ manifest }) => ({ value: manifest.id, label: label(manifest.name) }))
  const gone = value !== '' && !known.some(option => option.value === value)
  return (
    <Choice
      label={t('speakers.theme')}
      value={value}
      options={[
        { value: '', label: t('speakers.roomTheme') },
        ...known,
        ...(gone ? [{ value, label: value }] : []),
      ]}
      onChange={onChange}
    />
  )
}
