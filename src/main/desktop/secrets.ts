import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { safeStorage } from 'electron'
import { z } from 'zod'

/** Passwords in the system's key store: this file holds only what that store has encrypted. */
export interface Secrets {
  get(name: string): Promise<string | undefined>
  /** @returns false where it is remembered for this run only */
  set(name: string, secret: string): Promise<boolean>
  remove(name: string): void
}

const secretFile = z.record(z.string(), z.base64())

/** Electron's synchronous calls are gone from version 46 on: these are the asynchronous ones. */
export function openSecrets(path: string, platform: NodeJS.Platform): Secrets {
  /** What this run knows better than the file; undefined = forgotten. */
  const inMemory = new Map<string, string | undefined>()

  async function canKeep(): Promise<boolean> {
    // `basic_text`: no key store on this Linux, the file could be read by anybody who has it.
    const weak =
      platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
    return !weak && (await safeStorage.isAsyncEncryptionAvailable())
  }

  function read(): Record<string, string> {
    try {
      return secretFile.parse(JSON.parse(readFileSync(path, 'utf8')))
    } catch {
      // Absent or damaged: the user is asked for the password again.
      return {}
    }
  }

  function write(content: Record<string, string>): void {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, JSON.stringify(content), { mode: 0o600 })
  }

  /** Not even a shorter file can be written: then the whole of it goes. */
  function removeFile(): void {
    try {
      rmSync(path, { force: true })
    } catch {
      // A disk that became read-only: it is forgotten for this run.
    }
  }

  return {
    async get(name) {
      const encrypted = read()[name]
      if (inMemory.has(name) || encrypted === undefined) return inMemory.get(name)
      try {
        const { result } = await safeStorage.decryptStringAsync(Buffer.from(encrypted, 'base64'))
        return result
      } catch {
        return undefined
      }
    },
    async set(name, secret) {
      inMemory.set(name, secret)
      try {
        if (!(await canKeep())) return false
        const encrypted = await safeStorage.encryptStringAsync(secret)
        write({ ...read(), [name]: encrypted.toString('base64') })
        return true
      } catch {
        // A locked key store, a full disk: it works for this run all the same.
        return false
      }
    },
    remove(name) {
      inMemory.set(name, undefined)
      const { [name]: removed, ...rest } = read()
      if (removed === undefined) return
      try {
        write(rest)
      } catch {
        removeFile()
      }
    },
  }
}
