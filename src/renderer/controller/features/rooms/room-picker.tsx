import { Plus } from 'lucide-react'
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DEFAULT_ROOM, parseRoomId } from '../../../../shared/ids.ts'
import type { Room } from '../../../../shared/room.ts'
import { createRoom, listRooms } from '../../api/rooms.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'
import { isComposing } from '../../lib/keys.ts'
import { roomName } from '../../lib/room-name.ts'
import { useOnce } from '../../lib/use-once.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'

interface RoomPickerProps {
  room: string
  onPick(room: string): void
  /** The address names no room, and the one that it means then is gone or not this account's; gets one that is. */
  onMissing(another: string): void
}

/** Which room the desk is at; another can be made here. */
export function RoomPicker({ room, onPick, onMissing }: RoomPickerProps) {
  const { t } = useTranslation()
  const { request } = useDesk()
  const say = useFailureWords()
  const [rooms, setRooms] = useState<Room[]>([])
  /** As it is now: it may have been renamed since the list was read. */
  const name = useDeskStore(
    d => d.room.store,
    s => s.room?.name,
  )
  const [making, setMaking] = useState(false)
  /** The form was put away: the focus is where it came from. */
  const [wasMaking, setWasMaking] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, once] = useOnce()

  const load = useCallback(async () => {
    const answer = await listRooms(request)
    if (answer.ok) setRooms(answer.value.rooms)
  }, [request])
  useEffect(() => void load(), [load])
  const missing = useRef(onMissing)
  missing.current = onMissing
  useEffect(() => {
    const another = rooms.find(one => one.isDefault) ?? rooms[0]
    if (room === DEFAULT_ROOM && another && !rooms.some(({ id }) => id === room)) missing.current(another.id)
  }, [rooms, room])

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const typed = String(new FormData(event.currentTarget).get('id')).trim()
    void once(() => make(typed))
  }
  async function make(typed: string): Promise<void> {
    const id = parseRoomId(typed)
    if (!id) return setProblem(t('live.roomIdWrong'))
    const answer = await createRoom(request, id, typed)
    if (!answer.ok) return setProblem(say(answer.failure))
    close()
    onPick(id)
  }

  function close(): void {
    setMaking(false)
    setWasMaking(true)
    setProblem(null)
  }

  if (making)
    return (
      <form
        className="flex w-full min-w-0 items-center gap-1 max-md:absolute max-md:inset-x-0 max-md:top-0 max-md:z-20 max-md:h-10 max-md:bg-base-100 max-md:px-2"
        onSubmit={submit}
      >
        <input
          name="id"
          className="input input-sm w-44 min-w-0 max-md:flex-1"
          aria-label={t('live.newRoom')}
          aria-invalid={problem !== null || undefined}
          placeholder={t('live.roomId')}
          maxLength={32}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: it was asked for just now
          autoFocus
          onKeyDown={event => event.key === 'Escape' && !isComposing(event.nativeEvent) && close()}
        />
        <button type="submit" className="btn btn-primary btn-sm" aria-busy={busy}>
          {t('common.add')}
        </button>
        <button type="button" className="btn btn-ghost btn-sm" onClick={close}>
          {t('common.cancel')}
        </button>
        {problem && (
          <p
            role="alert"
            className="text-error text-xs max-md:absolute max-md:inset-x-0 max-md:top-full max-md:mt-1 max-md:rounded-box max-md:border max-md:border-line max-md:bg-base-100 max-md:p-2"
          >
            {problem}
          </p>
        )}
      </form>
    )
  const known = rooms.some(one => one.id === room)
  return (
    <div className="flex min-w-0 items-center">
      <select
        className="select select-ghost select-sm w-auto min-w-0 max-w-52 font-medium"
        aria-label={t('live.room')}
        value={room}
        // Another desk may have made one, or renamed one.
        onFocus={() => void load()}
        onChange={event => {
          onPick(event.target.value)
          focusComposer()
        }}
      >
        {!known && <option value={room}>{room}</option>}
        {rooms.map(one => (
          <option key={one.id} value={one.id}>
            {roomName(one.id === room && name ? { ...one, name } : one)}
          </option>
        ))}
      </select>
      <IconButton
        icon={Plus}
        label={t('live.newRoom')}
        autoFocus={wasMaking}
        onClick={() => setMaking(true)}
      />
    </div>
  )
}
