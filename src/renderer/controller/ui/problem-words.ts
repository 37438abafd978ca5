import type { TFunction } from 'i18next'
import type { PlayerProblem } from '../../../shared/player-problem.ts'

/** Says what a player could not show in the language of `t`; what another program reports, in its own words. */
export function problemWords(problem: PlayerProblem | string, t: TFunction): string {
  if (typeof problem === 'string') return problem
  const { code, ...values } = problem
  return t(`problems.${code}` as 'problems.picture-broken', values)
}
