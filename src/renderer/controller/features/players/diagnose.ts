import type { PlayerInfo } from '../../../../shared/events.ts'
import type { PlayerProblem } from '../../../../shared/player-problem.ts'
import { playerName } from '../../desk/player-name.ts'

/** Something that a streamer should know, with the numbers that its sentence needs. */
export type Diagnosis =
  /** Browsers allow six connections a host; a seventh page hangs. */
  | { type: 'many-sources'; count: number; address: string }
  | { type: 'behind'; label: string; seconds: number; lines: number }
  | { type: 'slow'; label: string; milliseconds: number }
  | { type: 'unread'; label: string; kilobytes: number }
  | { type: 'problem'; label: string; problem: PlayerProblem | string }

/** Connections that a browser opens to one host over HTTP/1.1. */
const CONNECTIONS = 6
const SLOW = 1_500
const BACKLOG = 64 * 1024
/** A line may be so old on the screen while others wait; less is the queue's ordinary work. Milliseconds. */
const BEHIND = 10_000

/**
 * @param timeOf when a message was published, epoch milliseconds; undefined for one that is not known here
 * @param newest when the newest was published
 * @returns what is wrong, the worst first
 */
export function diagnose(
  players: PlayerInfo[],
  timeOf: (id: string) => number | undefined,
  newest: number,
): Diagnosis[] {
  const found: Diagnosis[] = []
  const byBrowser = new Map<string, PlayerInfo[]>()
  for (const player of players) {
    const browser = `${player.address} ${player.userAgent}`
    byBrowser.set(browser, [...(byBrowser.get(browser) ?? []), player])
  }
  for (const group of byBrowser.values()) {
    const own = group.filter(player => !player.shared).length
    // Those that share one are one.
    if (own + (own < group.length ? 1 : 0) > CONNECTIONS)
      found.push({ type: 'many-sources', count: group.length, address: group[0]!.address })
  }
  for (const player of players) {
    const label = playerName(player)
    const { report } = player
    if (player.backlogBytes > BACKLOG)
      found.push({ type: 'unread', label, kilobytes: Math.round(player.backlogBytes / 1024) })
    if (!report) continue
    const shown = report.showing ? timeOf(report.showing) : undefined
    const behind = shown === undefined ? 0 : newest - shown
    if (report.visible && report.waiting > 0 && behind > BEHIND)
      found.push({ type: 'behind', label, seconds: Math.round(behind / 1_000), lines: report.waiting })
    if (report.roundTrip !== null && report.roundTrip > SLOW)
      found.push({ type: 'slow', label, milliseconds: Math.round(report.roundTrip) })
    const problem = report.problems.at(-1)
    if (problem) found.push({ type: 'problem', label, problem })
  }
  return found
}
