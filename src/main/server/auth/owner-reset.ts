import { randomBytes } from 'node:crypto'
import { ApiError } from '../errors.ts'
import type { UserRecord, Users } from '../users/index.ts'
import type { Logins } from './logins.ts'
import { sameSecret } from './secrets.ts'

/** The way back for an owner who forgot the password: whoever may start the server may set it anew. */
export interface OwnerReset {
  /** What the link ends with, and whose password it sets; null where none was asked for, or it was used. */
  readonly offer: { code: string; username: string } | null
  /** Sets the password and signs the owner out everywhere. @throws ApiError `forbidden` for a wrong or used code. */
  use(input: { code: string; password: string }): Promise<UserRecord>
}

/** @param asked whether the server was started with `--reset-owner`. */
export async function createOwnerReset(
  asked: boolean,
  { users, logins }: { users: Users; logins: Logins },
): Promise<OwnerReset> {
  const owner = asked ? await users.firstOwner() : null
  let offer = owner && { code: randomBytes(24).toString('base64url'), username: owner.username }

  return {
    get offer() {
      return offer
    },
    async use({ code, password }) {
      if (!offer || !sameSecret(code, offer.code)) {
        throw new ApiError(
          'forbidden',
          'this link is not valid: start the server with --reset-owner and take the one that it prints',
        )
      }
      // Taken before the first wait, so that it is good for one password only.
      const taken = offer
      offer = null
      try {
        const user = await users.change(owner!.id, { password })
        await logins.endAll(user.id)
        return user
      } catch (error) {
        offer = taken
        throw error
      }
    },
  }
}
