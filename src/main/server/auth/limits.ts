import type { Request } from 'express'
import { addressKey } from '../limits/index.ts'
import { createAttempts } from './attempts.ts'
import type { Principal } from './principal.ts'

/** Limits that are for strangers and runaway programs; the owner at this machine never meets one. */
export interface Limits {
  /** Counts one line published. @throws ApiError `too-many-requests`. */
  publish(req: Request, principal: Principal): Promise<void>
  /** Before a token is looked up that can be guessed. @throws ApiError `too-many-requests` for who guessed wrong too often. */
  guess(req: Request): Promise<void>
  wrongGuess(req: Request): Promise<void>
  close(): void
}

/** Milliseconds. */
const WINDOW = 60_000
/** Wrong tokens an address may send within the window. */
const GUESSES = 60

/** @param publishLimit lines a minute for one credential at one address; 0 = no limit. */
export function createLimits({ publishLimit }: { publishLimit: number }): Limits {
  const published = createAttempts({ limit: publishLimit, window: WINDOW, what: 'too many messages' })
  const guessed = createAttempts({ limit: GUESSES, window: WINDOW, what: 'too many wrong tokens' })

  return {
    async publish(req, { credential }) {
      const key = strangerOf(req)
      if (key !== null) await published.take(`${credential} ${key}`)
    },
    async guess(req) {
      const key = strangerOf(req)
      if (key !== null) await guessed.look(key)
    },
    async wrongGuess(req) {
      const key = strangerOf(req)
      if (key !== null) await guessed.count(key)
    },
    close() {
      published.close()
      guessed.close()
    },
  }
}

/**
 * @returns what counts as one address; null for this machine. A proxy on this machine that is not trusted makes
 * everybody look local; it gives itself away by its header.
 */
function strangerOf(req: Request): string | null {
  const proxied = req.ip === req.socket.remoteAddress && req.headers['x-forwarded-for'] !== undefined
  return addressKey(req.ip ?? '') ?? (proxied ? 'behind a proxy' : null)
}
