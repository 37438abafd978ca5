import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppInfo, DesktopSettings } from '../../../../preload/bridge.ts'
import { desktopBridge } from '../../lib/bridge.ts'
import { useBridgeValue } from '../../lib/use-bridge-value.ts'
import { useEager } from '../../lib/use-eager.ts'
import { Choice } from '../../ui/choice.tsx'
import { Group } from '../../ui/group.tsx'
import { Switch } from '../../ui/switch.tsx'

/** How the app starts and ends. */
export function AppGroup() {
  const settings = useBridgeValue('settings.get', 'settings')
  return settings && <Switches general={settings.general} />
}

function Switches({ general: told }: Pick<DesktopSettings, 'general'>) {
  const { t } = useTranslation()
  const desktop = desktopBridge()
  const info = useAppInfo()
  const [general, change] = useEager(told, async part => desktop?.call('settings.change', { general: part }))
  return (
    <Group title={t('desktop.app')}>
      {(['openAtLogin', 'startHidden', 'closeToTray'] as const).map(name => (
        <Switch
          key={name}
          label={t(`desktop.${name}`)}
          checked={general[name]}
          onChange={checked => change({ [name]: checked })}
        />
      ))}
      {info?.displayServer && (
        <Choice
          label={t('desktop.displayServer')}
          hint={t('desktop.displayServerHint')}
          value={general.displayServer}
          options={[
            { value: 'x11', label: t('desktop.x11') },
            { value: 'wayland', label: t('desktop.wayland') },
          ]}
          onChange={displayServer => change({ displayServer })}
        />
      )}
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

function useAppInfo(): AppInfo | null {
  const [info, setInfo] = useState<AppInfo | null>(null)
  useEffect(() => {
    void desktopBridge()
      ?.call('app.info')
      .then(answer => answer.ok && setInfo(answer.value))
  }, [])
  return info
}
