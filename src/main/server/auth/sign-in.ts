import type { LoginInput } from '../../../shared/account.ts'
import type { Audit } from '../audit/index.ts'
import { ApiError } from '../errors.ts'
import type { Client } from '../http/client.ts'
import { addressKey } from '../limits/index.ts'
import { checkPassword, type UserRecord, type Users } from '../users/index.ts'
import { createAttempts } from './attempts.ts'
import type { KnownDevice } from './jwt.ts'
import type { Logins } from './logins.ts'

export interface SignIn {
  /**
   * @param known the account that this browser was signed in to before.
   * @throws ApiError `wrong-credentials`, or `too-many-requests` with the seconds to wait.
   */
  check(input: LoginInput, client: Client, known: KnownDevice | null): Promise<UserRecord>
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
   * What attempts are counted by. A stranger who guesses must not lock the owner out: a browser that has been signed in
   * before, an address that somebody is signed in from, and this machine have counts of their own.
   */
  async function keysOf(
    user: UserRecord | null,
    input: LoginInput,
    client: Client,
    known: KnownDevice | null,
  ): Promise<{ address: string; account: string }> {
    const key = addressKey(client.address)
    const address = key ?? client.address
    // Asked for whoever does not exist too, so that the time taken does not tell.
    const open = await logins.list(user?.id ?? '')
    if (!user) return { address, account: `unknown ${input.username.toLowerCase()}` }
    if (known?.userId === user.id) {
      const device = `${user.id} device ${known.device}`
      return { address: device, account: device }
    }
    const isHome = key === null || open.some(login => login.address === client.address)
    return { address, account: isHome ? `${user.id} ${client.address}` : user.id }
  }

  return {
    async check(input, client, known) {
      const user = await users.findByName(input.username)
      const { address, account } = await keysOf(user, input, client, known)
      try {
        await byAddress.take(address)
        await byAccount.take(account)
      } catch (error) {
        const target = user?.username ?? ''
        audit.record('auth.login-limited', { actor: null, address: client.address, target })
        throw error
      }
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
