import type { Request } from 'express'
import { ApiError } from '../errors.ts'
import type { Access, Gate, Route } from '../http/route.ts'
import type { RoomRecord, Rooms } from '../rooms/rooms.ts'
import type { Principal, Scope } from './principal.ts'

/** Turns a bearer token into who it stands for; null where it is not of this kind. Throws ApiError for an expired one. */
export type CredentialResolver = (token: string, req: Request) => Promise<Principal | null> | Principal | null

export interface Auth extends Gate {
  /** @throws ApiError `unauthenticated` for an absent or unknown token. */
  identify(token: string | undefined, req: Request): Promise<Principal>
  /** @throws ApiError `forbidden`. */
  requireRoom(principal: Principal, room: RoomRecord, scope: Scope): Promise<void>
}

/** Whether an account may do this in a room that is not limited by a token; accounts decide. */
export type RoomRule = (principal: Principal, room: RoomRecord, scope: Scope) => Promise<boolean> | boolean

const BEARER = /^Bearer\s+(\S+)\s*$/i

/** @returns the token of the Authorization header. */
export function bearerToken(req: Request): string | undefined {
  return BEARER.exec(req.headers.authorization ?? '')?.[1]
}

export function createAuth(rooms: Rooms, resolvers: CredentialResolver[], mayUseRoom: RoomRule): Auth {
  async function identify(token: string | undefined, req: Request): Promise<Principal> {
    if (!token)
      throw new ApiError('unauthenticated', 'a token is needed: send it as "Authorization: Bearer …"')
    for (const resolve of resolvers) {
      const principal = await resolve(token, req)
      if (principal) return principal
    }
    throw new ApiError(
      'unauthenticated',
      'this token is not known here: it may have been mistyped or revoked',
    )
  }

  async function requireRoom(principal: Principal, room: RoomRecord, scope: Scope): Promise<void> {
    if (!principal.scopes.has(scope)) throw new ApiError('forbidden', `this token may not ${scope}`)
    const inScope = principal.rooms === null || principal.rooms.has(room.id)
    if (!inScope || !(await mayUseRoom(principal, room, scope))) {
      throw new ApiError('forbidden', `you may not ${scope} in the room "${room.id}"`)
    }
  }

  async function admit(req: Request, { access }: Route): Promise<Principal | null> {
    if (access.kind === 'public' || access.kind === 'own') return null
    const principal = await identify(bearerToken(req), req)
    await allow(principal, access, req)
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
      else if (!principal.scopes.has(access.scope)) {
        throw new ApiError('forbidden', `this token may not ${access.scope}`)
      }
    }
  }

  return { identify, requireRoom, admit }
}

function hasRole(principal: Principal, role: 'owner' | 'admin'): boolean {
  return principal.role === 'owner' || principal.role === role
}
