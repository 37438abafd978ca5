import type { Request } from 'express'
import { type Auth, bearerToken, type Principal, type Scope } from '../auth/index.ts'
import { ApiError } from '../errors.ts'
import { isFromThisMachine } from '../http/this-machine.ts'

/** Lets a management call in: by a token of the owner or an administrator, or from this machine where its owner allows that. */
export type Admit = (req: Request, token: string | undefined, scope: Scope) => Promise<void>

export function createAdmit(auth: Auth, openOnLoopback: boolean): Admit {
  return async (req, given, scope) => {
    const token = given ?? bearerToken(req)
    if (!token && openOnLoopback && isFromThisMachine(req)) return
    const principal = await auth.identify(token, req)
    if (!principal.scopes.has(scope)) throw new ApiError('forbidden', `this token may not ${scope}`)
    requireAdministrator(principal)
  }
}

/** @throws ApiError `forbidden` for a token that is for some rooms, or a member's: devices belong to no room. */
export function requireAdministrator({ rooms, role }: Principal): void {
  if (rooms !== null || role === 'member') {
    throw new ApiError('forbidden', 'this is for the owner and administrators only, and for their tokens')
  }
}
