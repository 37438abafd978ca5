import { useTranslation } from 'react-i18next'
import { Choice } from '../../ui/choice.tsx'
import { Group } from '../../ui/group.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useSettings } from './use-settings.ts'

/** How the page of what was said is laid out. */
export function BacklogGroup() {
  const { t } = useTranslation()
  const [{ backlog }, change] = useSettings()
  const set = (part: Partial<typeof backlog>) => change({ backlog: part })
  return (
    <Group title={t('look.backlog')}>
      <Switch
        label={t('look.newestFirst')}
        checked={backlog.newestFirst}
        onChange={newestFirst => set({ newestFirst })}
      />
      <Switch
        label={t('look.mirrored')}
        checked={backlog.mirrored}
        onChange={mirrored => set({ mirrored })}
      />
      <Switch label={t('look.names')} checked={backlog.names} onChange={names => set({ names })} />
      <Switch label={t('look.times')} checked={backlog.times} onChange={times => set({ times })} />
      <div className="max-w-80">
        <Choice
          label={t('look.appear')}
          hint={t('look.appearHint')}
          value={backlog.appear}
          options={[
            { value: 'sent', label: t('look.appearSent') },
            { value: 'typed', label: t('look.appearTyped') },
            { value: 'left', label: t('look.appearLeft') },
          ]}
          onChange={appear => set({ appear })}
        />
      </div>
    </Group>
  )
}
