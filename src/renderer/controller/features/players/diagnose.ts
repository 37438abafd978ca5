import type { PlayerInfo } from '../../../../shared/events.ts'
import { parseEventId } from '../../../../shared/ids.ts'

/** Something that a streamer should know, with the numbers that its sentence needs. */
export type Diagnosis =
  /** Browsers allow six connections a host; a seventh page hangs. */
  | { type: 'many-sources'; count: number; address: string }
  | { type: 'behind'; label: string; lines: number }
  | { type: 'slow'; label: string; milliseconds: number }
  | { type: 'unread'; label: string; kilobytes: number }
  | { type: 'problem'; label: string; text: string }

/** Connections that a browser opens to one host over HTTP/1.1. */
const CONNECTIONS = 6
const SLOW = 1_500
const BACKLOG = 64 * 1024
/** Fewer waiting lines than this are the queue's ordinary work. */
const BEHIND = 10

export function playerName({ label, device, place }: Pick<PlayerInfo, 'label' | 'device' | 'place'>): string {
  return label || device || place
}

/** @returns what is wrong, the worst first. */
export function diagnose(players: PlayerInfo[], newest: string | null): Diagnosis[] {
  const found: Diagnosis[] = []
  const byBrowser = new Map<string, PlayerInfo[]>()
  for (const player of players) {
    const browser = `${player.address} ${player.userAgent}`
    byBrowser.set(browser, [...(byBrowser.get(browser) ?? []), player])
  }
  for (const group of byBrowser.values()) {
    if (group.length > CONNECTIONS)
      found.push({ type: 'many-sources', count: group.length, address: group[0]!.address })
  }
  const newestSeq = newest ? (parseEventId(newest)?.seq ?? 0) : 0
  for (const player of players) {
    const label = playerName(player)
    const { report } = player
    if (player.backlogBytes > BACKLOG)
      found.push({ type: 'unread', label, kilobytes: Math.round(player.backlogBytes / 1024) })
    if (!report) continue
    if (report.visible && report.waiting >= BEHIND && newestSeq > 0)
      found.push({ type: 'behind', label, lines: report.waiting })
    if (report.roundTrip !== null && report.roundTrip > SLOW)
      found.push({ type: 'slow', label, milliseconds: Math.round(report.roundTrip) })
    const problem = report.problems.at(-1)
    if (problem) found.push({ type: 'problem', label, text: problem })
  }
  return found
}
