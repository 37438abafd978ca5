import type { PlayerInfo } from '../../../shared/events.ts'
import type { Message } from '../../../shared/message.ts'
import { isFor } from '../../../shared/target.ts'
import { compareIds } from './transcript.ts'

/**
 * How far a line has come. `sent`: the server has it. `on-screen`: a player shows it. `shown`: a player has gone
 * past it.
 */
export type LineState = 'sent' | 'on-screen' | 'shown'

/** Judged by what the open players report; the furthest of them counts. Previews are no audience. */
export function lineState(message: Pick<Message, 'id' | 'label'>, players: PlayerInfo[]): LineState {
  let state: LineState = 'sent'
  for (const player of players) {
    if (player.place === 'preview' || !isFor(message.label, player.label)) continue
    const showing = player.report?.showing
    if (!showing) continue
    if (showing === message.id) return 'on-screen'
    if (compareIds(message.id, showing) < 0) state = 'shown'
  }
  return state
}
