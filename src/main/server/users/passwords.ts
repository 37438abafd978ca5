import { hash, verify } from '@node-rs/argon2'

/**
 * Argon2id (the library's default algorithm) with the first of OWASP's recommended settings:
 * 19 MiB, 2 passes, 1 lane.
 */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** @returns the hash in PHC form, its salt and settings inside. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), ARGON2)
}

let nobody: Promise<string> | undefined

/**
 * @param stored null for an account that does not exist or has no password: the same work is done, so that the
 * time taken does not tell which names exist.
 */
export async function checkPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('no account has this password')
  const fits = await verify(stored ?? (await nobody), password.normalize('NFC'))
  return stored !== null && fits
}
