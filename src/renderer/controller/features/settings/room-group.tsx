import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DEFAULT_ROOM } from '../../../../shared/ids.ts'
import type { Failure } from '../../api/request.ts'
import { changeRoom, deleteRoom, listRooms, type RoomChange } from '../../api/rooms.ts'
import { useDesk, useDeskStore, useSessionState } from '../../desk/context.ts'
import { randomId } from '../../lib/random-id.ts'
import { CopyField } from '../../ui/copy-field.tsx'
import { Field } from '../../ui/field.tsx'
import { Group } from '../../ui/group.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TwoStepButton } from '../../ui/two-step-button.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { Moderators } from './moderators.tsx'

/** Name, watch key and end of the room that the desk is at. */
export function RoomGroup({ onRoom }: { onRoom(room: string): void }) {
  const { t } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const user = useSessionState(state => state.user)
  const room = useDeskStore(
    d => d.room.store,
    s => s.room,
  )
  const [failure, setFailure] = useState<Failure | null>(null)
  const [saved, setSaved] = useState(false)
  /** A name that is not stored yet; it stays when another desk renames the room. */
  const [typed, setTyped] = useState<string | null>(null)
  const latest = useRef(typed)
  latest.current = typed
  if (!room?.may.includes('manage')) return null

  async function change(part: RoomChange): Promise<boolean> {
    const answer = await changeRoom(desk.request, desk.roomId, part)
    setFailure(answer.ok ? null : answer.failure)
    await desk.room.load()
    return answer.ok
  }
  async function rename(event: FormEvent): Promise<void> {
    event.preventDefault()
    const name = typed ?? room?.name ?? ''
    if (!(await change({ name: name.trim() || desk.roomId }))) return
    // What was typed while it was on its way is not saved yet.
    if (latest.current !== typed) return
    setSaved(true)
    setTyped(null)
  }
  async function remove(): Promise<void> {
    const answer = await deleteRoom(desk.request, desk.roomId)
    if (!answer.ok) return setFailure(answer.failure)
    const left = await listRooms(desk.request)
    onRoom((left.ok && left.value.rooms.find(one => one.isDefault)?.id) || DEFAULT_ROOM)
  }

  return (
    <Group title={t('common.named', { what: t('settings.roomTitle'), name: room.id })}>
      <form className="flex items-end gap-2" onSubmit={event => void rename(event)}>
        <div className="min-w-0 flex-1">
          <Field label={t('settings.roomName')}>
            {control => (
              <input
                {...control}
                className="input input-sm w-full"
                value={typed ?? room.name}
                maxLength={80}
                onChange={event => {
                  setTyped(event.target.value)
                  setSaved(false)
                }}
              />
            )}
          </Field>
        </div>
        <button type="submit" className="btn btn-sm">
          {saved ? t('common.saved') : t('common.save')}
        </button>
      </form>
      {room.watchKey ? (
        <CopyField label={t('settings.watchKey')} hint={t('settings.watchKeyHint')} value={room.watchKey} />
      ) : (
        <div>
          <p className="font-medium text-sm">{t('settings.watchKey')}</p>
          <p className="text-quiet text-xs">{t('settings.watchKeyNone')}</p>
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        {room.watchKey ? (
          <>
            <TwoStepButton
              label={t('settings.makeKey')}
              question={t('settings.makeKeySure')}
              onConfirm={() => void change({ watchKey: randomId(16) })}
            />
            <button type="button" className="btn btn-sm" onClick={() => void change({ watchKey: null })}>
              {t('settings.removeKey')}
            </button>
          </>
        ) : (
          <button
            type="button"
            className="btn btn-sm"
            onClick={() => void change({ watchKey: randomId(16) })}
          >
            {t('settings.makeKey')}
          </button>
        )}
        {!room.isDefault && (
          <button type="button" className="btn btn-sm" onClick={() => void change({ isDefault: true })}>
            {t('settings.makeDefault')}
          </button>
        )}
      </div>
      {user && <Moderators room={room.id} />}
      {failure && <Notice tone="error">{say(failure)}</Notice>}
      {room.isDefault ? (
        <p className="text-quiet text-xs">{t('settings.isDefault')}</p>
      ) : (
        <div>
          <TwoStepButton
            label={t('settings.deleteRoom')}
            question={t('settings.deleteRoomSure')}
            onConfirm={() => void remove()}
          />
        </div>
      )}
    </Group>
  )
}
