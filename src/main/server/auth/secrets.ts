import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @returns the token given by the environment, else the one kept in the data folder, made at the first start. */
export function loadServerToken(dataDir: string, given: string | undefined): string {
  return given ?? keptSecret(dataDir, 'api-token', 24)
}

/** @returns the key that signs logins: given by the environment, else kept in the data folder. */
export function loadJwtSecret(dataDir: string, given: string | undefined): Uint8Array {
  return new TextEncoder().encode(given ?? keptSecret(dataDir, 'jwt-secret', 32))
}

/** @returns what the file holds; made of that many random bytes, readable by its owner alone, where there is none. */
function keptSecret(dataDir: string, file: string, bytes: number): string {
  const path = join(dataDir, file)
  try {
    const kept = readFileSync(path, 'utf8').trim()
    if (kept) return kept
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secret = randomBytes(bytes).toString('base64url')
  writeFileSync(path, `${secret}\n`, { mode: 0o600 })
  return secret
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Compares in a time that tells nothing about where the two differ. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

/** As {@link sameSecret}, for one that is asked at every request. */
export function secretMatcher(secret: string): (text: string) => boolean {
  const expected = digest(secret)
  return text => timingSafeEqual(digest(text), expected)
}
