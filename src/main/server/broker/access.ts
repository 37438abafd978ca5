import type { Request } from 'express'
import { type Auth, bearerToken, type Principal, type Scope } from '../auth/index.ts'
import { ApiError } from '../errors.ts'
import { isFromThisMachine } from '../http/this-machine.ts'

/** Lets a management call in: by a token of the owner or an administrator, or from this machine where its owner allows that. */
export type Admit = (req: Request, token: string | undefined, scope: Scope) => Promise<void>

const NEEDS_TOKEN =
  'this call needs a token of the owner or an administrator, as "Authorization: Bearer …" or as "token"'
/** Programs made for go-sse-broker send none. */
const HOW_TO_OPEN =
  'to let programs and pages of this machine call without one, start the server with BROKER_OPEN_ON_LOOPBACK=true'

export function createAdmit(auth: Auth, openOnLoopback: boolean): Admit {
  return async (req, given, scope) => {
    const token = given ?? bearerToken(req)
    if (!token) {
      if (!isFromThisMachine(req)) throw new ApiError('unauthenticated', NEEDS_TOKEN)
      if (openOnLoopback) return
      throw new ApiError('unauthenticated', `${NEEDS_TOKEN}; ${HOW_TO_OPEN}`)
    }
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
