import type { RoomRule } from '../auth/index.ts'
import type { Rooms } from '../rooms/index.ts'
import type { Hub, Subscriber } from '../sse/index.ts'
import type { Users } from '../users/index.ts'
import { closeForGood } from './close.ts'

export interface Revocations {
  /** A login or token is no longer good: every stream that rests on it ends. */
  revoked(credential: string): void
  /** An account lost rights: its streams of rooms that it may no longer read end. */
  accessLost(userId: string): Promise<void>
  close(): void
}

interface RevocationParts {
  hub: Hub
  rooms: Rooms
  users: Users
  rule: RoomRule
  /** Whether a credential is still good. */
  isGood(credential: string): Promise<boolean>
}

/** Milliseconds between two looks at the credentials of open streams: for what another process revoked. */
const SWEEP_INTERVAL = 10_000

/** Milliseconds; a longer timer fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1

/** Ends open streams with the right that they rest on. */
export function createRevocations({ hub, rooms, users, rule, isGood }: RevocationParts): Revocations {
  function* streams(): Generator<Subscriber> {
    for (const room of [...hub.rooms()]) yield* [...hub.inRoom(room)]
  }

  function revoked(credential: string): void {
    for (const subscriber of streams()) {
      if (subscriber.info.credential === credential) closeForGood(subscriber, 'revoked')
    }
  }

  async function accessLost(userId: string): Promise<void> {
    const user = await users.find(userId)
    for (const subscriber of streams()) {
      if (subscriber.info.userId !== userId) continue
      const room = await rooms.find(subscriber.room)
      const mayRead = user && room && (await rule({ role: user.role, userId }, room, 'read'))
      if (!mayRead) closeForGood(subscriber, 'revoked')
    }
  }

  async function sweep(): Promise<void> {
    const credentials = new Set<string>()
    for (const { info } of streams()) if (info.credential !== null) credentials.add(info.credential)
    for (const credential of credentials) if (!(await isGood(credential))) revoked(credential)
    const accounts = new Set<string>()
    for (const { info } of streams()) if (info.userId !== null) accounts.add(info.userId)
    for (const userId of accounts) await accessLost(userId)
  }

  const expiries = new Map<Subscriber, NodeJS.Timeout>()

  /** It may be revoked between the look at it and now, when the stream is known. */
  async function checkAgain(subscriber: Subscriber, credential: string): Promise<void> {
    if (!(await isGood(credential))) closeForGood(subscriber, 'revoked')
  }

  /** An API token is over for good; a sign-in goes on, and its client may come back with the next access token. */
  function endInTime(subscriber: Subscriber, expiresAt: number): void {
    const left = Math.min(Math.max(expiresAt - Date.now(), 0), LONGEST_TIMER)
    const timer = setTimeout(() => {
      if (expiresAt > Date.now()) endInTime(subscriber, expiresAt)
      else if (subscriber.info.credential?.startsWith('token:')) closeForGood(subscriber, 'revoked')
      else subscriber.end()
    }, left)
    timer.unref()
    expiries.set(subscriber, timer)
  }

  hub.onJoin(subscriber => {
    const { credential, expiresAt } = subscriber.info
    if (credential === null) return
    checkAgain(subscriber, credential).catch(() => {})
    if (expiresAt !== null) endInTime(subscriber, expiresAt)
  })
  hub.onLeave(subscriber => {
    clearTimeout(expiries.get(subscriber))
    expiries.delete(subscriber)
  })

  // A database that is away for a moment takes nobody's stream.
  const clock = setInterval(() => void sweep().catch(() => {}), SWEEP_INTERVAL)
  clock.unref()

  return {
    revoked,
    accessLost,
    close() {
      clearInterval(clock)
      for (const timer of expiries.values()) clearTimeout(timer)
    },
  }
}
