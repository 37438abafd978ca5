import { useDesk, useDeskStore } from '../../desk/context.ts'
import { playerUrl } from './player-url.ts'

/**
 * Makes addresses of this room's player that open it: where the room has a watch key, the key is in them. The default
 * room has the shortest one there is.
 * @returns takes the server's address (empty for a path) and what stands behind the room's name.
 */
export function usePlayerAddress(): (base: string, page?: '' | '/history') => string {
  const { roomId } = useDesk()
  const room = useDeskStore(
    d => d.room.store,
    s => s.room,
  )
  const key = room?.watchKey ?? ''
  return (base, page = '') =>
    playerUrl(base, room?.isDefault && page === '' ? '' : `${roomId}${page}`, { key })
}
