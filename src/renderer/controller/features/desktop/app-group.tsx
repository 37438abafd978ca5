import { useTranslation } from 'react-i18next'
import { desktopBridge } from '../../lib/bridge.ts'
import { Group } from '../../ui/group.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useBridgeValue } from './use-bridge-value.ts'

/** How the app starts and ends, and what it does for OBS. */
export function AppGroup() {
  const { t } = useTranslation()
  const settings = useBridgeValue('settings.get', 'settings')
  const desktop = desktopBridge()
  if (!desktop || !settings) return null
  const { general, obs } = settings
  return (
    <Group title={t('desktop.app')}>
      {(['openAtLogin', 'startHidden', 'closeToTray'] as const).map(name => (
        <Switch
          key={name}
          label={t(`desktop.${name}`)}
          checked={general[name]}
          onChange={checked => void desktop.call('settings.change', { general: { [name]: checked } })}
        />
      ))}
      <Switch
        label={t('desktop.obsRefresh')}
        hint={t('desktop.obsRefreshHint')}
        checked={obs.refreshOnConnect}
        onChange={refreshOnConnect => void desktop.call('settings.change', { obs: { refreshOnConnect } })}
      />
      <Switch
        label={t('desktop.captions')}
        checked={obs.captions}
        onChange={captions => void desktop.call('settings.change', { obs: { captions } })}
      />
      <button
        type="button"
        className="btn btn-sm self-start"
        onClick={() => void desktop.call('app.openLogs')}
      >
        {t('desktop.openLogs')}
      </button>
    </Group>
  )
}
