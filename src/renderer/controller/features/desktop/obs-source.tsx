import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DesktopSettings, ObsStatus } from '../../../../preload/bridge.ts'
import { useDesk } from '../../desk/context.ts'
import { desktopBridge } from '../../lib/bridge.ts'
import { useOnce } from '../../lib/use-once.ts'
import { Choice } from '../../ui/choice.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { NumberField } from './number-field.tsx'
import { useRoomOptions } from './use-room-options.ts'

/** Pixels, as OBS takes them. */
const SIZES = [16, 16_384] as const

type ObsSettings = DesktopSettings['obs']

interface ObsSourceProps {
  status: ObsStatus
  obs: ObsSettings
  onChange(change: Partial<ObsSettings>): void
}

/** Puts the player into a scene as a browser source, and refreshes those that are there. */
export function ObsSource({ status, obs, onChange }: ObsSourceProps) {
  const { t } = useTranslation()
  const { roomId } = useDesk()
  const [scene, setScene] = useState<string | null>(null)
  const [room, setRoom] = useState(roomId)
  const [note, setNote] = useState<{ tone: 'info' | 'error'; text: string } | null>(null)
  const rooms = useRoomOptions(room)
  const [busy, once] = useOnce()
  const desktop = desktopBridge()
  if (!desktop) return null
  const into = scene !== null && status.scenes.includes(scene) ? scene : status.currentScene

  async function put(): Promise<void> {
    if (!desktop) return
    const answer = await desktop.call('obs.putSource', { scene: into, room })
    if (!answer.ok) return setNote({ tone: 'error', text: answer.msg })
    const { created, name } = answer.value
    setNote({
      tone: 'info',
      text: created ? t('share.added', { name, scene: into }) : t('share.updated', { name }),
    })
  }
  async function refresh(): Promise<void> {
    if (!desktop) return
    const answer = await desktop.call('obs.refreshSources')
    if (!answer.ok) return setNote({ tone: 'error', text: answer.msg })
    setNote({ tone: 'info', text: t('desktop.obsRefreshed', { count: answer.value.refreshed.length }) })
  }

  return (
    <section
      aria-label={t('desktop.obsSource')}
      className="flex flex-col gap-3 rounded-box border border-line p-3"
    >
      <h3 className="text-sm">{t('desktop.obsSource')}</h3>
      <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        <Choice
          label={t('desktop.obsScene')}
          value={into}
          options={status.scenes.map(value => ({ value, label: value }))}
          onChange={setScene}
        />
        <Choice label={t('desktop.room')} value={room} options={rooms} onChange={setRoom} />
        <TextField
          label={t('desktop.obsSourceName')}
          value={obs.sourceName}
          maxLength={200}
          onChange={sourceName => sourceName !== '' && onChange({ sourceName })}
        />
        <div className="grid grid-cols-2 gap-3">
          {(['width', 'height'] as const).map(part => (
            <NumberField
              key={part}
              label={t(`desktop.${part}`)}
              value={obs[part]}
              bounds={SIZES}
              wrong={t('desktop.sizeWrong')}
              onChange={pixels => onChange({ [part]: pixels })}
            />
          ))}
        </div>
      </div>
      {note && <Notice tone={note.tone}>{note.text}</Notice>}
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          className="btn btn-primary btn-sm"
          aria-busy={busy}
          onClick={() => void once(put)}
        >
          {t('desktop.obsPut')}
        </button>
        {status.sources.length > 0 && (
          <button type="button" className="btn btn-sm" onClick={() => void once(refresh)}>
            {t('desktop.obsRefreshNow')}
          </button>
        )}
      </div>
      {status.sources.length > 0 && (
        <p className="text-quiet text-xs">
          {t('desktop.obsSources', { names: status.sources.map(one => one.name).join(t('common.listed')) })}
        </p>
      )}
    </section>
  )
}
