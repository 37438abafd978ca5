import type { TextStorage } from '../../src/renderer/controller/lib/storage.ts'

/** localStorage's behaviour over a Map, for tests. */
export function memoryStorage(): TextStorage {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    key: index => [...items.keys()][index] ?? null,
    getItem: key => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: key => void items.delete(key),
  }
}
