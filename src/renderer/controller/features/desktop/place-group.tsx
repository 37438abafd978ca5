import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { desktopBridge } from '../../lib/bridge.ts'
import { Group } from '../../ui/group.tsx'
import { Notice } from '../../ui/notice.tsx'
import { parseWhole } from './parse-whole.ts'
import { TextField } from './text-field.tsx'
import { useBridgeValue } from './use-bridge-value.ts'

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

  function move(typed: string): void {
    const wanted = parseWhole(typed, 1, 65_535)
    setProblem(wanted === undefined ? t('desktop.portWrong') : null)
    if (wanted === undefined) return
    // Moving the server moves this page: nobody is here any more to hear the answer.
    void desktop?.call('server.change', { port: wanted }).then(report)
  }

  return (
    <Group title={t('desktop.server')} hint={t(`desktop.${state}`, { port })}>
      {wantedPort !== null && (
        <Notice tone="warning">{t('desktop.portTaken', { wanted: wantedPort, port })}</Notice>
      )}
      {given.port ? (
        <Notice>{t('desktop.givenAtStart', { variable: 'PORT' })}</Notice>
      ) : (
        <TextField
          label={t('desktop.port')}
          hint={t('desktop.portHint')}
          value={String(settings.server.port)}
          maxLength={5}
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
