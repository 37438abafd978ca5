/** Records by key, kept in memory so that what is asked at every request costs no query. */
export interface RecordCache<T> {
  /** @returns null where there is none; that is not remembered. */
  get(key: string): Promise<T | null>
  /** After a write: the next `get` reads anew, and a read that is under way is not kept. */
  forget(key: string): void
  clear(): void
}

interface Kept<T> {
  record: T
  /** Milliseconds of the clock that never leaps: one set back must not keep what another server has revoked. */
  until: number
}

const MAX_RECORDS = 10_000

/**
 * @param load reads one record from the database.
 * @param freshFor milliseconds after which a record is read again: other processes may have changed it.
 */
export function createRecordCache<T>(
  load: (key: string) => Promise<T | null>,
  freshFor: number,
): RecordCache<T> {
  const kept = new Map<string, Kept<T>>()
  const loading = new Map<string, Promise<T | null>>()

  async function read(key: string): Promise<T | null> {
    const reading = load(key)
    loading.set(key, reading)
    try {
      const record = await reading
      if (record !== null && loading.get(key) === reading) {
        // The oldest goes; what is in use is read again.
        if (kept.size >= MAX_RECORDS) kept.delete(kept.keys().next().value!)
        kept.set(key, { record, until: performance.now() + freshFor })
      }
      return record
    } finally {
      if (loading.get(key) === reading) loading.delete(key)
    }
  }

  return {
    async get(key) {
      const found = kept.get(key)
      if (found && found.until > performance.now()) return found.record
      kept.delete(key)
      return loading.get(key) ?? read(key)
    },
    forget(key) {
      kept.delete(key)
      loading.delete(key)
    },
    clear() {
      kept.clear()
      loading.clear()
    },
  }
}
