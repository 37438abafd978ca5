import { type Role, SCOPES, type Scope } from '../../../shared/account.ts'

export type { Role, Scope } from '../../../shared/account.ts'

/** Who a request comes from, and what that may do. */
export interface Principal {
  /** `token`: an API token. `user`: somebody signed in. */
  kind: 'token' | 'user'
  /** The account behind it; null for the server's own API token. */
  userId: string | null
  /** As it is called in the audit log. */
  name: string
  role: Role
  scopes: ReadonlySet<Scope>
  /** The rooms it is limited to; null = every room that its account may use. */
  rooms: ReadonlySet<string> | null
  /** What an open stream rests on: it ends when this is revoked. */
  credential: string
  /** Epoch milliseconds at which this token is over, whatever it rests on; null = never. */
  expiresAt: number | null
}

export const ALL_SCOPES: ReadonlySet<Scope> = new Set(SCOPES)

/** The server's own token (`API_TOKEN`): everything in every room; accounts are not its business. */
export const SERVER_TOKEN_PRINCIPAL: Principal = {
  kind: 'token',
  userId: null,
  name: 'API_TOKEN',
  role: 'owner',
  scopes: ALL_SCOPES,
  rooms: null,
  credential: 'server-token',
  expiresAt: null,
}
