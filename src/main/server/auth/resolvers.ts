import { type Tokens, tokenCredential } from '../tokens/tokens.ts'
import type { Users } from '../users/users.ts'
import type { CredentialResolver } from './gate.ts'
import type { Jwts } from './jwt.ts'
import { type Logins, loginCredential } from './logins.ts'
import { ALL_SCOPES, SERVER_TOKEN_PRINCIPAL } from './principal.ts'
import { secretMatcher } from './secrets.ts'

export function serverTokenResolver(serverToken: string): CredentialResolver {
  const matches = secretMatcher(serverToken)
  return token => (matches(token) ? SERVER_TOKEN_PRINCIPAL : null)
}

/** Signatures that were checked lately; a login's end is looked up each time. */
const MAX_CHECKED = 2_000

/** Access tokens of those who are signed in. */
export function accessTokenResolver(jwts: Jwts, logins: Logins, users: Users): CredentialResolver {
  const checked = new Map<string, { userId: string; loginId: string; expiresAt: number }>()

  async function read(token: string) {
    const known = checked.get(token)
    if (known && known.expiresAt > Date.now()) return known
    checked.delete(token)
    const claims = await jwts.readAccess(token)
    if (claims) {
      if (checked.size >= MAX_CHECKED) checked.delete(checked.keys().next().value!)
      checked.set(token, claims)
    }
    return claims
  }

  return async token => {
    // A JWT has three parts; no other token of ours holds a dot twice.
    if (token.split('.').length !== 3) return null
    const claims = await read(token)
    if (!claims) return null
    const login = await logins.find(claims.loginId)
    const user = login?.user_id === claims.userId ? await users.find(claims.userId) : null
    if (!user) return null
    return {
      kind: 'user',
      userId: user.id,
      name: user.username,
      role: user.role,
      scopes: ALL_SCOPES,
      rooms: null,
      credential: loginCredential(claims.loginId),
      expiresAt: claims.expiresAt,
    }
  }
}

/** API tokens: never more than their account may, whatever they were made for. */
export function apiTokenResolver(tokens: Tokens, users: Users): CredentialResolver {
  return async token => {
    const record = await tokens.identify(token)
    const user = record && (await users.find(record.userId))
    if (!user) return null
    return {
      kind: 'token',
      userId: user.id,
      name: record.name,
      role: user.role,
      scopes: record.scopes,
      rooms: record.rooms,
      credential: tokenCredential(record.id),
      expiresAt: record.expiresAt,
    }
  }
}

/** Whether what an open stream rests on has neither ended nor expired. */
export async function isCredentialGood(
  credential: string,
  { tokens, logins }: { tokens: Tokens; logins: Logins },
): Promise<boolean> {
  const [kind, id] = credential.split(':', 2)
  if (kind === 'token') return tokens.isGood(id!)
  if (kind === 'login') return (await logins.find(id!)) !== null
  return true
}
