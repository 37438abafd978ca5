import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OverlayChange, OverlayStatus } from '../../../../preload/bridge.ts'
import { desktopBridge } from '../../lib/bridge.ts'
import { useEager } from '../../lib/use-eager.ts'
import { Notice } from '../../ui/notice.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TwoStepButton } from '../../ui/two-step-button.tsx'
import { OverlayOptions } from './overlay-options.tsx'

interface OverlayCardProps {
  overlay: OverlayStatus
  number: number
  /** The last one stays: it is what the tray and the hotkeys speak of. */
  only: boolean
}

export function OverlayCard({ overlay: told, number, only }: OverlayCardProps) {
  const { t } = useTranslation()
  const [problem, setProblem] = useState<string | null>(null)
  const { id } = told
  const report = (answer: { ok: true } | { ok: false; msg: string } | undefined) =>
    setProblem(!answer || answer.ok ? null : answer.msg)
  const [overlay, change] = useEager<OverlayStatus>(told, async (part: OverlayChange) =>
    report(await desktopBridge()?.call('overlay.change', { id, change: part })),
  )
  const desktop = desktopBridge()
  if (!desktop) return null

  const fallbackName = t('desktop.overlay', { number })
  const name = overlay.name || fallbackName

  return (
    <section aria-label={name} className="flex flex-col gap-3 rounded-box border border-line p-3">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <h3 className="min-w-0 flex-1 text-sm">
          {name}
          <span className="ml-2 font-normal text-quiet text-xs">
            {overlay.room} · {t('desktop.display', { name: overlay.displayLabel })}
          </span>
        </h3>
        <Switch label={t('desktop.shown')} checked={overlay.shown} onChange={shown => change({ shown })} />
        <Switch
          label={t('desktop.clickThrough')}
          checked={overlay.clickThrough}
          onChange={clickThrough => change({ clickThrough })}
        />
      </div>
      <OverlayOptions overlay={overlay} fallbackName={fallbackName} onChange={change} />
      {overlay.displayMissing && <Notice tone="warning">{t('desktop.displayMissing')}</Notice>}
      {problem && <Notice tone="error">{problem}</Notice>}
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          className="btn btn-sm"
          onClick={() => void desktop.call('overlay.edit', { id, on: !overlay.editing }).then(report)}
        >
          {overlay.editing ? t('desktop.moved') : t('desktop.move')}
        </button>
        <button
          type="button"
          className="btn btn-sm"
          onClick={() => void desktop.call('overlay.reset', { id }).then(report)}
        >
          {t('desktop.reset')}
        </button>
        {!only && (
          <TwoStepButton
            label={t('live.remove')}
            question={t('common.deleteSure')}
            onConfirm={() => void desktop.call('overlay.remove', { id }).then(report)}
          />
        )}
      </div>
    </section>
  )
}
