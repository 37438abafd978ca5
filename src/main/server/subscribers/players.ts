import type { PlayerInfo } from '../../../shared/events.ts'
import type { Subscriber } from '../sse/index.ts'

/** An open stream as a controller sees it. */
export function toPlayerInfo({ info, report, backlogBytes, shared }: Subscriber): PlayerInfo {
  const { id, device, label, place, address, userAgent, since } = info
  return {
    id,
    device,
    label,
    place,
    address,
    userAgent,
    since,
    report,
    backlogBytes,
    ...(shared ? { shared } : {}),
  }
}
