/**
 * Runs the tasks of one key one after the other. A limit that is counted in the database, and then taken up, holds so against
 * requests that come at once; among several servers it may be passed by as many as there are servers.
 */
export type Turns = <Result>(key: string, task: () => Promise<Result>) => Promise<Result>

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return (key, task) => {
    const before = last.get(key) ?? Promise.resolve()
    const mine = before.then(
      () => task(),
      () => task(),
    )
    last.set(key, mine)
    const done = () => {
      if (last.get(key) === mine) last.delete(key)
    }
    mine.then(done, done)
    return mine
  }
}
