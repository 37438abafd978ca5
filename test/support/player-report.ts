import type { PlayerReport } from '../../src/shared/events.ts'

/** What a player reports that shows nothing; `parts` is what is otherwise. */
export const reportOf = (parts: Partial<PlayerReport> = {}): PlayerReport => ({
  state: 'idle',
  showing: null,
  waiting: 0,
  layout: 'dialogue',
  visible: true,
  roundTrip: null,
  problems: [],
  ...parts,
})
