import { ApiError } from '../errors.ts'
import type { Hub } from '../sse/index.ts'
import { addressKey } from './address.ts'
import type { ServerLimits } from './settings.ts'

export interface StreamLimits {
  /** @throws ApiError `too-many-requests` where one stream more would be too many. Call it only for strangers. */
  check(stream: { room: string; address: string }): void
  /**
   * Counts a stream for as long as it is open, whatever it carries: a shared one may carry no room yet.
   * @returns to be called when it closes.
   * @throws ApiError `too-many-requests`.
   */
  hold(address: string): () => void
}

/** Seconds after which a refused client may try again; players wait longer by themselves. */
const RETRY_AFTER = 30

/** Counts the hub's streams by address. */
export function createStreamLimits(
  hub: Hub,
  limits: Pick<ServerLimits, 'streams' | 'streamsPerRoom' | 'streamsPerAddress'>,
): StreamLimits {
  const byAddress = new Map<string, number>()
  let held = 0

  function change(address: string, by: number): void {
    const key = addressKey(address)
    if (key === null) return
    const now = (byAddress.get(key) ?? 0) + by
    if (now > 0) byAddress.set(key, now)
    else byAddress.delete(key)
  }

  function checkAll(address: string): void {
    if (reaches(hub.size + held, limits.streams)) refuse('this server', limits.streams, 'MAX_STREAMS')
    const key = addressKey(address)
    if (key !== null && reaches(byAddress.get(key) ?? 0, limits.streamsPerAddress)) {
      refuse('your address', limits.streamsPerAddress, 'MAX_STREAMS_PER_ADDRESS')
    }
  }

  hub.onJoin(({ info }) => change(info.address, 1))
  hub.onLeave(({ info }) => change(info.address, -1))

  return {
    check({ room, address }) {
      checkAll(address)
      if (reaches(hub.inRoom(room).size, limits.streamsPerRoom)) {
        refuse('this room', limits.streamsPerRoom, 'MAX_STREAMS_PER_ROOM')
      }
    },
    hold(address) {
      checkAll(address)
      held++
      change(address, 1)
      return () => {
        held--
        change(address, -1)
      }
    },
  }
}

/** 0 = no limit. */
function reaches(count: number, limit: number): boolean {
  return limit > 0 && count >= limit
}

function refuse(who: string, limit: number, variable: string): never {
  throw new ApiError(
    'too-many-requests',
    `${who} has ${limit} streams open, the most that ${variable} allows`,
    {
      retryAfter: RETRY_AFTER,
    },
  )
}
