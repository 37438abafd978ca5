import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DesktopSettings, ObsStatus } from '../../../../preload/bridge.ts'
import { useDesk } from '../../desk/context.ts'
import { desktopBridge } from '../../lib/bridge.ts'
import { Choice } from '../../ui/choice.tsx'
import { Notice } from '../../ui/notice.tsx'
import { parseWhole } from './parse-whole.ts'
import { TextField } from './text-field.tsx'
import { useRoomOptions } from './use-rooms.ts'

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
  function changeSize(part: 'width' | 'height', typed: string): void {
    const pixels = parseWhole(typed, 16, 16_384)
    setNote(pixels === undefined ? { tone: 'error', text: t('desktop.sizeWrong') } : null)
    if (pixels !== undefined) onChange({ [part]: pixels })
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
          <TextField
            label={t('desktop.width')}
            value={String(obs.width)}
            maxLength={5}
            onChange={typed => changeSize('width', typed)}
          />
          <TextField
            label={t('desktop.height')}
            value={String(obs.height)}
            maxLength={5}
            onChange={typed => changeSize('height', typed)}
          />
        </div>
      </div>
      {note && <Notice tone={note.tone}>{note.text}</Notice>}
      <div className="flex flex-wrap gap-2">
        <button type="button" className="btn btn-primary btn-sm" onClick={() => void put()}>
          {t('desktop.obsPut')}
        </button>
        {status.sources.length > 0 && (
          <button type="button" className="btn btn-sm" onClick={() => void refresh()}>
            {t('desktop.obsRefreshNow')}
          </button>
        )}
      </div>
      {status.sources.length > 0 && (
        <p className="text-quiet text-xs">
          {t('desktop.obsSources', { names: status.sources.map(one => one.name).join(', ') })}
        </p>
      )}
    </section>
  )
}
