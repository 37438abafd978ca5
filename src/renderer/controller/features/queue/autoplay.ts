import type { PlayerInfo } from '../../../../shared/events.ts'
import { parseEventId } from '../../../../shared/ids.ts'

/** What decides whether the next held line may go out. */
export interface StageView {
  players: PlayerInfo[]
  /** Id of the newest published message; null when there is none. */
  newest: string | null
  /** Milliseconds since it was published. */
  age: number
  /** Lines on their way to the server. */
  unsent: number
  paused: boolean
}

/**
 * True when the audience is done with the last line: a player that can be seen shows it complete, or has nothing
 * on the screen any more. Without such a player nothing can be known, and the line's own length must do.
 * @param reading milliseconds that the last line takes to be typed and read.
 */
export function isReadyForNext(
  { players, newest, age, unsent, paused }: StageView,
  reading: number,
): boolean {
  if (paused || unsent > 0) return false
  if (newest === null) return true
  const audience = players.filter(player => player.place !== 'preview' && player.report?.visible)
  if (audience.length === 0) return age >= reading
  const seq = parseEventId(newest)?.seq ?? 0
  const furthest = audience.some(({ report }) => {
    if (!report || report.waiting > 0) return false
    const showing = report.showing ? (parseEventId(report.showing)?.seq ?? 0) : null
    if (report.state === 'idle' || report.state === 'hidden') return age > 1_000
    return report.state === 'complete' && showing !== null && showing >= seq
  })
  // A player that reports nothing of the line in twice its time is stuck: the show goes on.
  return furthest ? age >= reading / 2 : age >= reading * 2
}
