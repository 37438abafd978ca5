/** Events between the stream that brings them and the one consumer that asks for them. */
export interface EventQueue<Item> {
  add(item: Item): void
  /** The next item; waits for it, and for the end. */
  take(): Promise<IteratorResult<Item, undefined>>
  /** Undefined while the consumer waits for more; else a promise for when it does. */
  demand(): Promise<void> | undefined
  readonly length: number
  /** What is in it can still be taken; then it is done, or throws the error once. */
  end(error?: Error): void
  clear(): void
}

export function createEventQueue<Item>(onTake: (item: Item) => void): EventQueue<Item> {
  let items: Item[] = []
  const waiters: (() => void)[] = []
  let ended = false
  let failure: Error | undefined
  let wanted: (() => void) | undefined

  function take(): Promise<IteratorResult<Item, undefined>> {
    if (items.length > 0) {
      const value = items.shift()!
      onTake(value)
      return Promise.resolve({ done: false, value })
    }
    if (failure) {
      const error = failure
      failure = undefined
      return Promise.reject(error)
    }
    if (ended) return Promise.resolve({ done: true, value: undefined })
    wanted?.()
    return new Promise<void>(resolve => {
      waiters.push(resolve)
    }).then(take)
  }

  return {
    take,
    get length() {
      return items.length
    },
    add(item) {
      items.push(item)
      waiters.shift()?.()
    },
    demand() {
      if (waiters.length === 0 && !ended)
        return new Promise(resolve => {
          wanted = resolve
        })
    },
    end(error) {
      ended = true
      failure = error
      for (const wake of waiters) wake()
      wanted?.()
    },
    clear() {
      items = []
    },
  }
}
