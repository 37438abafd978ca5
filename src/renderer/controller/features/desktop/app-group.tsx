import { useTranslation } from 'react-i18next'
import type { DesktopSettings } from '../../../../preload/bridge.ts'
import { desktopBridge } from '../../lib/bridge.ts'
import { useEager } from '../../lib/use-eager.ts'
import { Group } from '../../ui/group.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useBridgeValue } from './use-bridge-value.ts'

/** How the app starts and ends, and what it does for OBS. */
export function AppGroup() {
  const settings = useBridgeValue('settings.get', 'settings')
  return settings && <Switches {...settings} />
}

function Switches(settings: Pick<DesktopSettings, 'general' | 'obs'>) {
  const { t } = useTranslation()
  const desktop = desktopBridge()
  const [general, changeGeneral] = useEager(settings.general, async part =>
    desktop?.call('settings.change', { general: part }),
  )
  const [obs, changeObs] = useEager(settings.obs, async part =>
    desktop?.call('settings.change', { obs: part }),
  )
  return (
    <Group title={t('desktop.app')}>
      {(['openAtLogin', 'startHidden', 'closeToTray'] as const).map(name => (
        <Switch
          key={name}
          label={t(`desktop.${name}`)}
          checked={general[name]}
          onChange={checked => changeGeneral({ [name]: checked })}
        />
      ))}
      <Switch
        label={t('desktop.obsRefresh')}
        hint={t('desktop.obsRefreshHint')}
        checked={obs.refreshOnConnect}
        onChange={refreshOnConnect => changeObs({ refreshOnConnect })}
      />
      <Switch
        label={t('desktop.captions')}
        checked={obs.captions}
        onChange={captions => changeObs({ captions })}
      />
      <button
        type="button"
        className="btn btn-sm self-start"
        onClick={() => void desktop?.call('app.openLogs')}
      >
        {t('desktop.openLogs')}
      </button>
    </Group>
  )
}
