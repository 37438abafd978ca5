import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../desk/context.ts'
import { LANGUAGE_NAMES, LANGUAGES } from '../../i18n/languages.ts'
import { Choice } from '../../ui/choice.tsx'
import { Group } from '../../ui/group.tsx'
import { Switch } from '../../ui/switch.tsx'

/** What this person likes on this device. */
export function DeviceGroup() {
  const { t } = useTranslation()
  const [{ language, scheme, sendKey, lineEach, welcomed }, set] = usePreferences()
  return (
    <Group title={t('settings.thisDevice')}>
      <div className="grid gap-4 sm:grid-cols-3">
        <Choice
          label={t('settings.language')}
          value={language}
          options={[
            { value: '', label: t('settings.ofBrowser') },
            ...LANGUAGES.map(value => ({ value, label: LANGUAGE_NAMES[value] })),
          ]}
          onChange={value => set({ language: value })}
        />
        <Choice
          label={t('settings.scheme')}
          value={scheme}
          options={(['auto', 'day', 'night'] as const).map(value => ({
            value,
            label: t(`settings.${value}`),
          }))}
          onChange={value => set({ scheme: value })}
        />
        <Choice
          label={t('settings.sendKey')}
          value={sendKey}
          options={[
            { value: 'enter', label: 'Enter' },
            { value: 'ctrl-enter', label: 'Ctrl+Enter' },
          ]}
          onChange={value => set({ sendKey: value })}
        />
      </div>
      <Switch
        label={t('settings.lineEach')}
        hint={t('settings.lineEachHint')}
        checked={lineEach}
        onChange={checked => set({ lineEach: checked })}
      />
      {welcomed && (
        <button type="button" className="btn btn-sm self-start" onClick={() => set({ welcomed: false })}>
          {t('settings.welcomeAgain')}
        </button>
      )}
    </Group>
  )
}
