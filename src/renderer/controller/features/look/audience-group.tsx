import { useTranslation } from 'react-i18next'
import { Choice } from '../../ui/choice.tsx'
import { Group } from '../../ui/group.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useSettings } from './use-settings.ts'

/** What the audience sees besides the lines. */
export function AudienceGroup() {
  const { t } = useTranslation()
  const [{ showTyping, idleFallback, connectionMark }, change] = useSettings()
  return (
    <Group title={t('look.audience')}>
      <Switch
        label={t('look.showTyping')}
        hint={t('look.showTypingHint')}
        checked={showTyping}
        onChange={checked => change({ showTyping: checked })}
      />
      <Switch
        label={t('look.idleFallback')}
        hint={t('look.idleFallbackHint')}
        checked={idleFallback}
        onChange={checked => change({ idleFallback: checked })}
      />
      <div className="max-w-80">
        <Choice
          label={t('look.connectionMark')}
          value={connectionMark}
          options={[
            { value: 'auto', label: t('look.autoMark') },
            { value: 'always', label: t('look.always') },
            { value: 'never', label: t('look.never') },
          ]}
          onChange={value => change({ connectionMark: value })}
        />
      </div>
    </Group>
  )
}
