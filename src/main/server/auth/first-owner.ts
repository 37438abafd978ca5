import { randomBytes } from 'node:crypto'
import { ApiError } from '../errors.ts'
import type { Rooms } from '../rooms/rooms.ts'
import { keepSharedValue, type Store, sharedValue, takeSharedValue } from '../store/index.ts'
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
  store: Pick<Store, 'db' | 'kind'>
  users: Users
  rooms: Rooms
  username: string
  /** Makes the account at the first start, without a link. */
  password: string | undefined
  isDesktop: boolean
}

/** The shared value that is the set-up link's end. */
const CODE = 'setup-code'

/** The first account, to which the rooms that are nobody's then belong. */
export async function createFirstOwner(parts: FirstOwnerParts): Promise<FirstOwner> {
  const { store, users, rooms, isDesktop } = parts
  // Behind a proxy the link of one server may lead to another.
  const isShared = store.kind === 'postgres'
  const needed = async () => !(await users.any())

  async function make(username: string, password: string | null): Promise<UserRecord> {
    const user = await users.create({ username, password, role: 'owner' })
    await rooms.give(null, user.id)
    return user
  }

  if (parts.password !== undefined && (await needed())) {
    try {
      await make(parts.username, parts.password)
    } catch (error) {
      // Another server that starts at the same time was quicker.
      if (await needed()) throw error
    }
  }
  const newCode = () =>
    isShared ? sharedValue(store.db, CODE, 24) : Promise.resolve(randomBytes(24).toString('base64url'))
  let code = !isDesktop && (await needed()) ? await newCode() : null
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
        if (!(await needed()) || (isShared && !(await takeSharedValue(store.db, CODE, taken))))
          throw new ApiError('conflict', 'the first account exists already: sign in')
        return await make(input.username, input.password)
      } catch (error) {
        if (await needed()) code = isShared ? await keepSharedValue(store.db, CODE, taken) : taken
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
