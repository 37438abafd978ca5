/** A value and those who follow it. */
export interface Observable<T> {
  get(): T
  set(value: T): void
  /** @returns the way to stop following */
  follow(listener: (value: T) => void): () => void
}

export function createObservable<T>(initial: T): Observable<T> {
  const listeners = new Set<(value: T) => void>()
  let current = initial
  return {
    get: () => current,
    set(value) {
      current = value
      for (const listener of [...listeners]) listener(value)
    },
    follow(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
