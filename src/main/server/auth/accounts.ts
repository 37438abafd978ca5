import type { Audit } from '../audit/index.ts'
import type { ServerConfig } from '../config.ts'
import type { Route } from '../http/route.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Store } from '../store/index.ts'
import { createUsers, type Users } from '../users/index.ts'
import { createDeviceCookie, createRefreshCookie } from './cookie.ts'
import { createFirstOwner, type FirstOwner } from './first-owner.ts'
import type { CredentialResolver } from './gate.ts'
import { createJwts } from './jwt.ts'
import { createLogins, type LoginRecord, type Logins } from './logins.ts'
import { createOwnerReset, type OwnerReset } from './owner-reset.ts'
import { accessTokenResolver } from './resolvers.ts'
import { authRoutes } from './routes.ts'
import { loadJwtSecret } from './secrets.ts'
import { createSignIn } from './sign-in.ts'

export interface Accounts {
  users: Users
  firstOwner: FirstOwner
  ownerReset: OwnerReset
  /** Access tokens of those who are signed in. */
  resolver: CredentialResolver
  routes: Route[]
  /** An access token for the desktop app's own window. */
  ownerToken(): Promise<string>
  logins: Logins
  close(): void
}

interface AccountParts {
  audit: Audit
  config: ServerConfig
  /** Told each credential that ends. */
  revoked(credential: string): void
  rooms: Rooms
  store: Store
}

/** Accounts and the ways to sign in to them. */
export async function createAccounts({
  audit,
  config,
  revoked,
  rooms,
  store,
}: AccountParts): Promise<Accounts> {
  const { db, freshFor } = store
  const secret = loadJwtSecret(config.dataDir, config.jwtSecret)
  const jwts = createJwts(secret)
  const cookie = createRefreshCookie(secret)
  const devices = createDeviceCookie(secret, jwts)
  const users = createUsers(db, freshFor)
  const logins = createLogins(db, freshFor, revoked)
  const signIn = createSignIn({ users, logins, audit, limit: config.loginLimit })
  const firstOwner = await createFirstOwner({
    store,
    users,
    rooms,
    username: config.adminUsername,
    password: config.adminPassword,
    isDesktop: config.desktop,
  })
  const ownerReset = await createOwnerReset(config.resetOwner ?? false, { users, logins })
  users.onDelete(user => logins.endAll(user.id))
  let desktopLogin: Promise<LoginRecord> | null = null

  /** Begins it where it is not open; whoever asks meanwhile gets the same, or the second would end the first's. */
  async function openDesktopLogin(): Promise<LoginRecord> {
    const owner = await firstOwner.desktop()
    const known = desktopLogin
    const login = await known?.catch(() => null)
    const open = login?.user_id === owner.id && (await logins.find(login.id)) !== null
    // Another call may have found it ended, and begun the next.
    if (!open && desktopLogin === known) desktopLogin = logins.beginDesktop(owner.id)
    return desktopLogin!
  }

  return {
    users,
    firstOwner,
    ownerReset,
    resolver: accessTokenResolver(jwts, logins, users),
    routes: authRoutes({ audit, cookie, devices, firstOwner, jwts, logins, ownerReset, signIn, users }),
    async ownerToken() {
      const { id, user_id: userId } = await openDesktopLogin()
      return jwts.signAccess({ userId, loginId: id })
    },
    logins,
    close: () => signIn.close(),
  }
}
