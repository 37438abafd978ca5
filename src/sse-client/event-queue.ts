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

interface Waiter<Item> {
  resolve: (result: IteratorResult<Item, undefined>) => void
  reject: (error: Error) => void
}

export function createEventQueue<Item>(onTake: (item: Item) => void): EventQueue<Item> {
  let items: Item[] = []
  let waiters: Waiter<Item>[] = []
  let ended = false
  let failure: Error | undefined
  let wanted: (() => void) | undefined

  return {
    get length() {
      return items.length
    },
    add(item) {
      const waiter = waiters.shift()
      if (!waiter) items.push(item)
      else {
        onTake(item)
        waiter.resolve({ done: false, value: item })
      }
    },
    take() {
      if (items.length > 0) {
        const value = items.shift() as Item
        onTake(value)
        return Promise.resolve({ done: false, value })
      }
      if (failure) {
        const error = failure
        failure = undefined
        return Promise.reject(error)
      }
      if (ended) return Promise.resolve({ done: true, value: undefined })
      return new Promise((resolve, reject) => {
        waiters.push({ resolve, reject })
        if (wanted) wanted()
        wanted = undefined
      })
    },
    demand() {
      if (waiters.length > 0 || ended) return
      return new Promise(resolve => {
        wanted = resolve
      })
    },
    end(error) {
      if (ended) return
      ended = true
      const [first, ...others] = waiters
      waiters = []
      if (error && first) first.reject(error)
      else {
        failure = error
        if (first) first.resolve({ done: true, value: undefined })
      }
      for (const waiter of others) waiter.resolve({ done: true, value: undefined })
      if (wanted) wanted()
    },
    clear() {
      items = []
    },
  }
}
