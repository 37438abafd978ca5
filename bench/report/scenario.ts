/** Whatever is measured: a server, a page. */
export interface Named {
  name: string
  what: string
}

/** One figure that a scenario gives for each peer. */
export interface Metric {
  /** As `run` returns it. */
  key: string
  title: string
  unit: string
  better: 'higher' | 'lower'
  digits?: number
  budgets?: Budget[]
}

export interface Budget {
  /** A peer; the bound is of ours divided by the peer's. Absent: the figure itself is bounded. */
  against?: string
  atLeast?: number
  atMost?: number
}

export interface Scenario<Peer extends Named = Named> {
  name: string
  /** What is done, with its numbers. */
  what: string
  /** Ours is the first. */
  peers: Peer[]
  rounds: number
  metrics: Metric[]
  run(peer: Peer): Promise<Record<string, number>>
}

/** By metric, then by peer: one value a round. */
export type Results = Record<string, Record<string, number[]>>

export interface Measured {
  scenario: Scenario
  results: Results
}
