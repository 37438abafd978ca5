import type { PlayerInfo } from '../../../shared/events.ts'

/** What a player is called where it must be told from others. */
export function playerName({ label, device, place }: Pick<PlayerInfo, 'label' | 'device' | 'place'>): string {
  return label || device || place
}
