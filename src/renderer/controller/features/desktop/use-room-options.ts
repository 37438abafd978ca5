import { useCallback } from 'react'
import { listRooms } from '../../api/rooms.ts'
import { useDesk } from '../../desk/context.ts'
import { roomName } from '../../lib/room-name.ts'
import { useLoaded } from '../../lib/use-loaded.ts'

interface Option {
  value: string
  label: string
}

/** The rooms as options of a choice. One that is gone from the server stays named until another is chosen. */
export function useRoomOptions(chosen: string): Option[] {
  const { request } = useDesk()
  const { value } = useLoaded(useCallback(() => listRooms(request), [request]))
  const known = (value?.rooms ?? []).map(room => ({ value: room.id, label: roomName(room) }))
  const isGone = chosen !== '' && !known.some(option => option.value === chosen)
  return isGone ? [...known, { value: chosen, label: chosen }] : known
}
