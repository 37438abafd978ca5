import { randomBytes } from 'node:crypto'
import { ApiError } from '../errors.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { UserRecord, Users } from '../users/users.ts'
import { sameSecret } from './secrets.ts'

export interface FirstOwner {
  /** What the set-up link ends with; null where an account exists or the desktop app makes it. */
  readonly code: string | null
  /** True while there is no account. */
  needed(): Promise<boolean>
  /** Makes the first account by the set-up link. @throws ApiError `forbidden` for a wrong or used code. */
  setUp(input: { code: string; username: string; password: string }): Promise<UserRecord>
  /** The desktop's owner: made without a password where there is no account. */
  desktop(): Promise<UserRecord>
}

interface FirstOwnerParts {
  users: Users
  rooms: Rooms
  username: string
  /** Makes the account at the first start, without a link. */
  password: string | undefined
  isDesktop: boolean
}

/** The first account, to which the rooms that are nobody's then belong. */
export async function createFirstOwner(parts: FirstOwnerParts): Promise<FirstOwner> {
  const { users, rooms, isDesktop } = parts
  const needed = async () => !(await users.any())

  async function make(username: string, password: string | null): Promise<UserRecord> {
    const user = await users.create({ username, password, role: 'owner' })
    await rooms.give(null, user.id)
    return user
  }

  if (parts.password !== undefined && (await needed())) await make(parts.username, parts.password)
  let code = !isDesktop && (await needed()) ? randomBytes(24).toString('base64url') : null
  let making: Promise<UserRecord> | undefined

  return {
    get code() {
      return code
    },
    needed,
    async setUp(input) {
      if (code === null || !sameSecret(input.code, code)) {
        throw new ApiError(
          'forbidden',
          'this set-up link is not valid: take the one that the server printed at its last start',
        )
      }
      // Taken before the first wait, so that it is good for one account only.
      const taken = code
      code = null
      try {
        if (!(await needed())) throw new ApiError('conflict', 'the first account exists already: sign in')
        return await make(input.username, input.password)
      } catch (error) {
        if (await needed()) code = taken
        throw error
      }
    },
    async desktop() {
      making ??= (async () => (await users.firstOwner()) ?? make(parts.username, null))()
      try {
        return await users.get((await making).id)
      } finally {
        making = undefined
      }
    },
  }
}
