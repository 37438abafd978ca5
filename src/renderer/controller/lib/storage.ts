import type { z } from 'zod'

/** What the stores need of localStorage; tests pass a Map behind it. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const PREFIX = 'streaming-message.'

/** @returns null where the browser refuses storage (blocked cookies throw on mere access). */
export function browserStorage(): TextStorage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

/** Storage of this tab alone, where the browser allows any. */
export function tabStorage(): TextStorage | null {
  try {
    return window.sessionStorage
  } catch {
    return null
  }
}

/** A small JSON store under one prefix. Broken or foreign content reads as absent, a full disk as `false`. */
export function createJsonStorage(storage: TextStorage | null) {
  return {
    read<Schema extends z.ZodType>(key: string, schema: Schema): z.infer<Schema> | undefined {
      try {
        const text = storage?.getItem(PREFIX + key)
        if (text == null) return undefined
        const parsed = schema.safeParse(JSON.parse(text))
        return parsed.success ? parsed.data : undefined
      } catch {
        return undefined
      }
    },
    /** @returns false when it could not be kept: storage is missing or full. */
    write(key: string, value: unknown): boolean {
      if (!storage) return false
      try {
        storage.setItem(PREFIX + key, JSON.stringify(value))
        return true
      } catch {
        return false
      }
    },
    remove(key: string): void {
      try {
        storage?.removeItem(PREFIX + key)
      } catch {
        // Nothing was kept, so nothing is left.
      }
    },
    /** Keys that begin with `start`, without the prefix of all. */
    keys(start: string): string[] {
      const found: string[] = []
      for (let index = 0; index < (storage?.length ?? 0); index++) {
        const key = storage?.key(index)
        if (key?.startsWith(PREFIX + start)) found.push(key.slice(PREFIX.length))
      }
      return found
    },
  }
}

export type JsonStorage = ReturnType<typeof createJsonStorage>
