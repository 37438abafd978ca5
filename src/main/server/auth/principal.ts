export type Scope = 'publish' | 'read' | 'manage'
export type Role = 'owner' | 'admin' | 'member'

/** Who a request comes from, and what that may do. */
export interface Principal {
  /** `token`: an API token. `user`: somebody signed in. */
  kind: 'token' | 'user'
  /** The account behind it; null for the server's own API token. */
  userId: string | null
  role: Role
  scopes: ReadonlySet<Scope>
  /** The rooms it is limited to; null = every room that its account may use. */
  rooms: ReadonlySet<string> | null
  /** What an open stream rests on: it ends when this is revoked. */
  credential: string
}

/** The server's own token (`API_TOKEN`): everything, everywhere. */
export const SERVER_TOKEN_PRINCIPAL: Principal = {
  kind: 'token',
  userId: null,
  role: 'owner',
  scopes: new Set<Scope>(['publish', 'read', 'manage']),
  rooms: null,
  credential: 'server-token',
}
