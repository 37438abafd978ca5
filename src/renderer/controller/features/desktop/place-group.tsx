import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { desktopBridge } from '../../lib/bridge.ts'
import { useBridgeValue } from '../../lib/use-bridge-value.ts'
import { Group } from '../../ui/group.tsx'
import { Notice } from '../../ui/notice.tsx'
import { NumberField, PORTS } from './number-field.tsx'

/** Where the server of this app runs and keeps its data; both can be moved. */
export function PlaceGroup() {
  const { t } = useTranslation()
  const status = useBridgeValue('server.status', 'server')
  const settings = useBridgeValue('settings.get', 'settings')
  const [problem, setProblem] = useState<string | null>(null)
  const desktop = desktopBridge()
  if (!desktop || !status || !settings) return null
  const { state, port, wantedPort, dataDir, given } = status
  const report = (answer: { ok: true } | { ok: false; msg: string }) =>
    setProblem(answer.ok ? null : answer.msg)

  // Moving the server moves this page: where it goes well, nobody is here any more to hear so.
  const move = (wanted: number) => void desktop.call('server.change', { port: wanted }).then(report)

  return (
    <Group title={t('desktop.server')} hint={t(`desktop.${state}`, { port })}>
      {wantedPort !== null && (
        <Notice tone="warning">{t('desktop.portTaken', { wanted: wantedPort, port })}</Notice>
      )}
      {given.port ? (
        <Notice>{t('desktop.givenAtStart', { variable: 'PORT' })}</Notice>
      ) : (
        <NumberField
          label={t('desktop.port')}
          hint={t('desktop.portHint')}
          value={settings.server.port}
          bounds={PORTS}
          wrong={t('desktop.portWrong')}
          onChange={move}
        />
      )}
      {problem && <Notice tone="error">{problem}</Notice>}
      <div>
        <p className="font-medium text-sm">{t('desktop.dataDir')}</p>
        <p className="mb-1 break-all text-quiet text-sm">{dataDir}</p>
        {given.dataDir ? (
          <p className="text-quiet text-xs">{t('desktop.givenAtStart', { variable: 'DATA_DIR' })}</p>
        ) : (
          <button
            type="button"
            className="btn btn-sm"
            onClick={() => void desktop.call('server.chooseDataDir').then(report)}
          >
            {t('desktop.chooseDataDir')}
          </button>
        )}
      </div>
    </Group>
  )
}
