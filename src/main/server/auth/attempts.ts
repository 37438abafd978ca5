import { MemoryStore, type Options } from 'express-rate-limit'
import { ApiError } from '../errors.ts'

export interface Attempts {
  /** Counts one attempt before it is made, so that a thousand at once are no way round. @throws ApiError `too-many-requests`. */
  take(key: string): Promise<void>
  /** Counts one without a question. */
  count(key: string): Promise<void>
  /** @throws ApiError `too-many-requests` where `count` has reached the limit. */
  look(key: string): Promise<void>
  /** It was none of those that count. */
  giveBack(key: string): Promise<void>
  forget(key: string): Promise<void>
  close(): void
}

/**
 * Counts attempts by key within a window.
 * @param limit attempts a window; 0 = no limit.
 * @param window milliseconds.
 * @param what said to whoever is refused.
 */
export function createAttempts({
  limit,
  window,
  what,
}: {
  limit: number
  window: number
  what: string
}): Attempts {
  const store = new MemoryStore()
  store.init({ windowMs: window } as Options)

  function refuse(resetTime: Date | undefined): never {
    const seconds = Math.max(1, Math.ceil(((resetTime?.getTime() ?? 0) - Date.now()) / 1000))
    throw new ApiError('too-many-requests', `${what}: try again in ${seconds} seconds`, {
      retryAfter: seconds,
    })
  }

  return {
    async take(key) {
      if (limit === 0) return
      const { totalHits, resetTime } = await store.increment(key)
      if (totalHits > limit) refuse(resetTime)
    },
    async count(key) {
      await store.increment(key)
    },
    async look(key) {
      const known = await store.get(key)
      if (known && known.totalHits >= limit) refuse(known.resetTime)
    },
    giveBack: async key => store.decrement(key),
    forget: async key => store.resetKey(key),
    close: () => store.shutdown(),
  }
}
