import type { Principal } from './principal.ts'

/**
 * Whose presets and assets a request works on. The server's owner is the empty string, however they come in:
 * signed in, at the desktop, or by the server's own token.
 */
export function ownerKey(principal: Pick<Principal, 'role' | 'userId'>): string {
  return principal.role === 'owner' ? '' : (principal.userId ?? '')
}
