import { LIMITS } from '../../shared/limits.ts'
import type { PlayerProblem, TellProblem } from '../../shared/player-problem.ts'

/** What could not be shown or heard, remembered for the controller. */
export interface Problems {
  /** Newest last. */
  list(): readonly PlayerProblem[]
  tell: TellProblem
  /** Forgets those that are over. */
  settle(isOver: (problem: PlayerProblem) => boolean): void
}

/** More than these nobody reads: the oldest give way. */
const MAX_PROBLEMS = 20

/** @param changed the list is another one now. */
export function createProblems(changed: () => void): Problems {
  let problems: readonly PlayerProblem[] = []
  return {
    list: () => problems,
    tell(problem) {
      const told = shortened(problem)
      const key = JSON.stringify(told)
      if (problems.some(known => JSON.stringify(known) === key)) return
      // A number that grows is one problem, not many.
      const others = problems.filter(({ code }) => code !== 'lines-dropped' || code !== told.code)
      problems = [...others, told].slice(-MAX_PROBLEMS)
      changed()
    },
    settle(isOver) {
      const left = problems.filter(problem => !isOver(problem))
      if (left.length === problems.length) return
      problems = left
      changed()
    },
  }
}

function shortened(problem: PlayerProblem): PlayerProblem {
  const entries = Object.entries(problem).map(([key, value]) => [
    key,
    typeof value === 'string' ? value.slice(0, LIMITS.problemText) : value,
  ])
  return Object.fromEntries(entries) as PlayerProblem
}
