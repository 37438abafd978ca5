import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk } from '../../desk/context.ts'
import { desktopBridge } from '../../lib/bridge.ts'
import { useBridgeValue } from '../../lib/use-bridge-value.ts'
import { Group } from '../../ui/group.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Switch } from '../../ui/switch.tsx'
import { OverlayCard } from './overlay-card.tsx'

/** The app opens no more: each is a page of its own. */
const MOST = 8

/** The overlay windows, each with what can be done to it. */
export function OverlaysGroup() {
  const { t } = useTranslation()
  const { roomId } = useDesk()
  const [problem, setProblem] = useState<string | null>(null)
  const desktop = desktopBridge()
  const overlays = useBridgeValue('overlay.list', 'overlays')
  const settings = useBridgeValue('settings.get', 'settings')
  if (!desktop || !overlays) return null
  const report = (answer: { ok: true } | { ok: false; msg: string }) =>
    setProblem(answer.ok ? null : answer.msg)
  return (
    <Group title={t('desktop.overlays')} hint={t('desktop.overlaysHint')}>
      {overlays.map((overlay, index) => (
        <OverlayCard key={overlay.id} overlay={overlay} number={index + 1} only={overlays.length === 1} />
      ))}
      <button
        type="button"
        className="btn btn-sm self-start"
        disabled={overlays.length >= MOST}
        onClick={() => void desktop.call('overlay.add', { room: roomId }).then(report)}
      >
        <Plus className="icon" aria-hidden="true" />
        {t('desktop.addOverlay')}
      </button>
      {problem && <Notice tone="error">{problem}</Notice>}
      {settings && (
        <Switch
          label={t('desktop.streamerOnly')}
          hint={t('desktop.streamerOnlyHint')}
          checked={settings.streamerOnly}
          onChange={streamerOnly => void desktop.call('settings.change', { streamerOnly }).then(report)}
        />
      )}
    </Group>
  )
}
