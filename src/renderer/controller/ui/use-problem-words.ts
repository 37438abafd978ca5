import { useTranslation } from 'react-i18next'
import type { PlayerProblem } from '../../../shared/player-problem.ts'
import { problemWords } from './problem-words.ts'

/** Says what a player could not show in the user's language. */
export function useProblemWords(): (problem: PlayerProblem | string) => string {
  const { t } = useTranslation()
  return problem => problemWords(problem, t)
}
