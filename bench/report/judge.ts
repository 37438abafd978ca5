import type { Budget, Metric, Results } from './scenario.ts'
import { median, pairedRatio } from './statistics.ts'

export interface Verdict {
  text: string
  value: number
  met: boolean
}

/** Compares what was measured with what must be reached. @param ours the name of our own among the peers. */
export function judge(metric: Metric, results: Results, ours: string): Verdict[] {
  const byPeer = results[metric.key] ?? {}
  return (metric.budgets ?? []).flatMap(budget => {
    const own = byPeer[ours]
    const theirs = budget.against === undefined ? undefined : byPeer[budget.against]
    // A peer that is not installed here can't be compared with; the report names it as missing.
    if (!own || (budget.against !== undefined && !theirs)) return []
    const value = theirs ? pairedRatio(own, theirs) : median(own)
    return [{ text: boundOf(metric, budget), value, met: holds(value, budget) }]
  })
}

function holds(value: number, { atLeast, atMost }: Budget): boolean {
  return (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost)
}

function boundOf({ title, unit }: Metric, { against, atLeast, atMost }: Budget): string {
  const bound = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`
  return against === undefined ? `${title}: ${bound} ${unit}` : `${title}: ${bound} times ${against}`
}
