import { Plus } from 'lucide-react'
import { type FormEvent, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseRoomId } from '../../../../shared/ids.ts'
import type { Room } from '../../../../shared/room.ts'
import { createRoom, listRooms } from '../../api/rooms.ts'
import { useDesk } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'
import { useOnce } from '../../lib/use-once.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'

/** Which room the desk is at; another can be made here. */
export function RoomPicker({ room, onPick }: { room: string; onPick(room: string): void }) {
  const { t } = useTranslation()
  const { request } = useDesk()
  const say = useFailureWords()
  const [rooms, setRooms] = useState<Room[]>([])
  const [making, setMaking] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, once] = useOnce()

  const load = useCallback(async () => {
    const answer = await listRooms(request)
    if (answer.ok) setRooms(answer.value.rooms)
  }, [request])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another room may just have been made
  useEffect(() => void load(), [load, room])

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
          onKeyDown={event => event.key === 'Escape' && close()}
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
    <div className="flex items-center">
      <select
        className="select select-ghost select-sm w-auto max-w-52 font-medium"
        aria-label={t('live.room')}
        value={room}
        onChange={event => {
          onPick(event.target.value)
          focusComposer()
        }}
      >
        {!known && <option value={room}>{room}</option>}
        {rooms.map(({ id, name }) => (
          <option key={id} value={id}>
            {name && name.toLowerCase() !== id ? `${name} (${id})` : name || id}
          </option>
        ))}
      </select>
      <IconButton icon={Plus} label={t('live.newRoom')} onClick={() => setMaking(true)} />
    </div>
  )
}
