import { useTranslation } from 'react-i18next'
import { desktopBridge } from '../../lib/bridge.ts'
import { useBridgeValue } from '../../lib/use-bridge-value.ts'
import { Group } from '../../ui/group.tsx'
import { Switch } from '../../ui/switch.tsx'

/** A newer version: found, fetched and installed only when asked. */
export function UpdatesGroup() {
  const { t } = useTranslation()
  const status = useBridgeValue('updates.status', 'updates')
  const settings = useBridgeValue('settings.get', 'settings')
  const desktop = desktopBridge()
  if (!desktop || !status) return null
  const { state, version, percent, msg, notes } = status
  return (
    <Group title={t('desktop.updates')}>
      <p role="status">{t(`desktop.${state}`, { version, percent: Math.round(percent), msg })}</p>
      {notes && (
        <p className="max-h-40 overflow-y-auto whitespace-pre-wrap rounded-box border border-line p-3 text-sm">
          {notes}
        </p>
      )}
      {state !== 'unsupported' && (
        <>
          <div className="flex gap-2">
            {state === 'available' && (
              <button
                type="button"
                className="btn btn-primary btn-sm"
                onClick={() => void desktop.call('updates.download')}
              >
                {t('desktop.download')}
              </button>
            )}
            {state === 'ready' && (
              <button
                type="button"
                className="btn btn-primary btn-sm"
                onClick={() => void desktop.call('updates.install')}
              >
                {t('desktop.install')}
              </button>
            )}
            <button
              type="button"
              className="btn btn-sm"
              disabled={state === 'checking' || state === 'downloading'}
              onClick={() => void desktop.call('updates.check')}
            >
              {t('desktop.check')}
            </button>
          </div>
          {settings && (
            <Switch
              label={t('desktop.checkAtStart')}
              checked={settings.updates.checkAtStart}
              onChange={checkAtStart => void desktop.call('settings.change', { updates: { checkAtStart } })}
            />
          )}
        </>
      )}
    </Group>
  )
}
