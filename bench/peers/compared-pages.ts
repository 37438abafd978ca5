import type { Named } from '../report/scenario.ts'

/** A page in the browser: the built player, or the barest one that does the same. */
export interface ComparedPage extends Named {
  kind: 'player' | 'bare'
}

/** Both, with what each is in this scenario. */
export const comparedPages = (player: string, bare: string): ComparedPage[] => [
  { kind: 'player', name: 'player', what: player },
  { kind: 'bare', name: 'bare page', what: bare },
]
