import type { Request } from 'express'
import { ApiError } from '../errors.ts'
import type { Access, Gate, Route } from '../http/route.ts'
import type { RoomRecord, Rooms } from '../rooms/rooms.ts'
import type { Limits } from './limits.ts'
import type { Principal, Scope } from './principal.ts'
import { sameSecret } from './secrets.ts'

/** Turns a bearer token into who it stands for; null where it is not of this kind. Throws ApiError for an expired one. */
export type CredentialResolver = (token: string, req: Request) => Promise<Principal | null> | Principal | null

export interface Auth extends Gate {
  /** @throws ApiError `unauthenticated` for an absent or unknown token. */
  identify(token: string | undefined, req: Request): Promise<Principal>
  /** Whether both the credential's scopes and rooms and its account allow it. */
  mayUse(principal: Principal, room: RoomRecord, action: RoomAction): Promise<boolean>
  /** As {@link mayUse}. @throws ApiError `forbidden`. */
  requireRoom(principal: Principal, room: RoomRecord, action: RoomAction): Promise<void>
  /**
   * Whether this watch key, or none, lets somebody without a token watch the room.
   * @throws ApiError `too-many-requests` for who tried wrong ones too often.
   */
  mayWatch(req: Request, room: Pick<RoomRecord, 'watchKey'>, key: string | undefined): Promise<boolean>
  /** For routes that find the credential themselves. @throws ApiError `too-many-requests`. */
  limitPublishing(req: Request, principal: Principal): Promise<void>
}

/** `moderate`: what managing allows and a moderator may do too (kick, empty the history). */
export type RoomAction = Scope | 'moderate'

/** Whether an account may do this in a room, whatever its token is limited to. */
export type RoomRule = (
  account: Pick<Principal, 'role' | 'userId'>,
  room: RoomRecord,
  action: RoomAction,
) => Promise<boolean> | boolean

const BEARER = /^Bearer\s+(\S+)\s*$/i

/** @returns the token of the Authorization header. */
export function bearerToken(req: Request): string | undefined {
  return BEARER.exec(req.headers.authorization ?? '')?.[1]
}

interface AuthParts {
  rooms: Rooms
  /** For tokens that nobody can guess, asked in order. */
  strong: CredentialResolver[]
  /** For tokens that somebody chose: who sends wrong ones too often is not heard. */
  chosen: CredentialResolver
  rule: RoomRule
  limits: Limits
}

export function createAuth({ rooms, strong, chosen, rule, limits }: AuthParts): Auth {
  async function identify(token: string | undefined, req: Request): Promise<Principal> {
    if (!token)
      throw new ApiError('unauthenticated', 'a token is needed: send it as "Authorization: Bearer …"')
    for (const resolve of strong) {
      const principal = await resolve(token, req)
      if (principal) return principal
    }
    await limits.guess(req)
    const principal = await chosen(token, req)
    if (principal) return principal
    await limits.wrongGuess(req)
    throw new ApiError(
      'unauthenticated',
      'this token is not known here: it may have been mistyped or revoked',
    )
  }

  async function mayWatch(
    req: Request,
    { watchKey }: Pick<RoomRecord, 'watchKey'>,
    key: string | undefined,
  ): Promise<boolean> {
    if (watchKey === null) return true
    if (key === undefined) return false
    await limits.guess(req)
    const isRight = sameSecret(key, watchKey)
    if (!isRight) await limits.wrongGuess(req)
    return isRight
  }

  async function mayUse(principal: Principal, room: RoomRecord, action: RoomAction): Promise<boolean> {
    const inReach = principal.rooms === null || principal.rooms.has(room.id)
    return inReach && principal.scopes.has(scopeOf(action)) && (await rule(principal, room, action))
  }

  async function requireRoom(principal: Principal, room: RoomRecord, action: RoomAction): Promise<void> {
    if (await mayUse(principal, room, action)) return
    throw new ApiError('forbidden', `you may not ${scopeOf(action)} in the room "${room.id}"`)
  }

  async function admit(req: Request, { access }: Route): Promise<Principal | null> {
    if (access.kind === 'public' || access.kind === 'own') return null
    const principal = await identify(bearerToken(req), req)
    await allow(principal, access, req)
    if (access.kind === 'scope' && access.scope === 'publish') await limits.publish(req, principal)
    return principal
  }

  async function allow(principal: Principal, access: Access, req: Request): Promise<void> {
    if (access.kind === 'user') {
      if (principal.kind !== 'user')
        throw new ApiError('forbidden', 'sign in for this: an API token does not do')
      if (access.role && !hasRole(principal, access.role)) {
        throw new ApiError('forbidden', `only an ${access.role} may do this`)
      }
    }
    if (access.kind === 'scope') {
      const room = req.params.room
      if (typeof room === 'string') await requireRoom(principal, await rooms.get(room), access.scope)
      else if (!principal.scopes.has(scopeOf(access.scope))) {
        throw new ApiError('forbidden', `this token may not ${access.scope}`)
      }
    }
  }

  return { identify, mayUse, mayWatch, requireRoom, limitPublishing: limits.publish, admit }
}

function scopeOf(action: RoomAction): Scope {
  return action === 'moderate' ? 'manage' : action
}

function hasRole(principal: Principal, role: 'owner' | 'admin'): boolean {
  return principal.role === 'owner' || principal.role === role
}
