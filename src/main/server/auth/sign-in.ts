import type { LoginInput } from '../../../shared/account.ts'
import type { Audit } from '../audit/index.ts'
import { ApiError } from '../errors.ts'
import type { Client } from '../http/client.ts'
import { addressKey } from '../limits/index.ts'
import { checkPassword, type UserRecord, type Users } from '../users/index.ts'
import { createAttempts } from './attempts.ts'
import type { Logins } from './logins.ts'

export interface SignIn {
  /** @throws ApiError `wrong-credentials`, or `too-many-requests` with the seconds to wait. */
  check(input: LoginInput, client: Client): Promise<UserRecord>
  close(): void
}

interface SignInParts {
  users: Users
  logins: Logins
  audit: Audit
  /** Wrong passwords for one account within the window; an address may have twice as many. 0 = no limit. */
  limit: number
}

/** Milliseconds. */
const WINDOW = 15 * 60 * 1000

/** Checks names and passwords, and limits how often one may be wrong: by account, and by address. */
export function createSignIn({ users, logins, audit, limit }: SignInParts): SignIn {
  const byAddress = createAttempts({
    limit: limit * 2,
    window: WINDOW,
    what: 'too many wrong passwords from this address',
  })
  const byAccount = createAttempts({
    limit,
    window: WINDOW,
    what: 'too many wrong passwords for this account',
  })

  /**
   * A stranger who guesses must not lock the owner out: who is signed in from an address already has a count of
   * their own there.
   */
  async function accountKey(user: UserRecord | null, input: LoginInput, client: Client): Promise<string> {
    const known = user && (await logins.list(user.id)).some(login => login.address === client.address)
    return known ? `${user.id} ${client.address}` : (user?.id ?? `unknown ${input.username.toLowerCase()}`)
  }

  async function take(keys: [address: string, account: string], user: UserRecord | null): Promise<void> {
    try {
      await byAddress.take(keys[0])
      await byAccount.take(keys[1])
    } catch (error) {
      audit.record('auth.login-limited', { actor: null, address: keys[0], target: user?.username ?? '' })
      throw error
    }
  }

  return {
    async check(input, client) {
      const user = await users.findByName(input.username)
      const account = await accountKey(user, input, client)
      const address = addressKey(client.address) ?? client.address
      await take([address, account], user)
      if (user && (await checkPassword(user.passwordHash, input.password))) {
        await byAddress.giveBack(address)
        await byAccount.forget(account)
        return user
      }
      if (!user) await checkPassword(null, input.password)
      // A name that is no account's is not written down: people type passwords into the wrong field.
      audit.record('auth.login-failed', {
        actor: null,
        address: client.address,
        target: user?.username ?? '',
        detail: { device: client.device },
      })
      throw new ApiError('wrong-credentials', 'the name or the password is wrong')
    },
    close() {
      byAddress.close()
      byAccount.close()
    },
  }
}
