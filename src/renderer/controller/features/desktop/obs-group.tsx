import { useTranslation } from 'react-i18next'
import type { DesktopSettings } from '../../../../preload/bridge.ts'
import { desktopBridge } from '../../lib/bridge.ts'
import { useBridgeValue } from '../../lib/use-bridge-value.ts'
import { useEager } from '../../lib/use-eager.ts'
import { Group } from '../../ui/group.tsx'
import { Switch } from '../../ui/switch.tsx'
import { ObsConnectionForm } from './obs-connection-form.tsx'
import { ObsSource } from './obs-source.tsx'
import { SceneRules } from './scene-rules.tsx'

/** OBS at the app's side: the connection, our source in its scenes, and what its scenes do here. */
export function ObsGroup() {
  const settings = useBridgeValue('settings.get', 'settings')
  return settings && <Parts obs={settings.obs} />
}

function Parts({ obs: told }: Pick<DesktopSettings, 'obs'>) {
  const { t } = useTranslation()
  const status = useBridgeValue('obs.status', 'obs')
  const [obs, change] = useEager(told, async part => desktopBridge()?.call('settings.change', { obs: part }))
  if (!status) return null
  return (
    <Group title="OBS" hint={t('desktop.obsHint')}>
      <ObsConnectionForm status={status} obs={obs} onChange={change} />
      {status.state === 'connected' && <ObsSource status={status} obs={obs} onChange={change} />}
      <Switch
        label={t('desktop.obsRefresh')}
        hint={t('desktop.obsRefreshHint')}
        checked={obs.refreshOnConnect}
        onChange={refreshOnConnect => change({ refreshOnConnect })}
      />
      <Switch
        label={t('desktop.captions')}
        hint={t('desktop.captionsHint')}
        checked={obs.captions}
        onChange={captions => change({ captions })}
      />
      <Switch
        label={t('desktop.followScenes')}
        hint={t('desktop.followScenesHint')}
        checked={obs.followScenes}
        onChange={followScenes => change({ followScenes })}
      />
      {obs.followScenes && (
        <SceneRules rules={obs.scenes} scenes={status.scenes} current={status.currentScene} />
      )}
    </Group>
  )
}
