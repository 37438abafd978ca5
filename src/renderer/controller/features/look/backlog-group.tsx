import { useTranslation } from 'react-i18next'
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
    </Group>
  )
}
