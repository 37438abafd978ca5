import type { Request } from 'express'
import { type Auth, bearerToken, type Principal, type Scope } from '../auth/index.ts'
import { ApiError } from '../errors.ts'

/** Lets a management call in: by a token of the owner or an administrator, or from this machine where its owner allows that. */
export type Admit = (req: Request, token: string | undefined, scope: Scope) => Promise<void>

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/
/** Numbers only: `127.example.com` is a name that anybody may point here. */
const LOOPBACK_HOST = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})(?::\d+)?$/i

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

/**
 * True for a program or a page of this machine. Not for what a proxy hands on, nor for a page from elsewhere that
 * the browser of this machine shows: its requests come from here too (cross-site request, DNS rebinding).
 */
export function isFromThisMachine(req: Request): boolean {
  const { headers, socket } = req
  if (!LOOPBACK.test(socket.remoteAddress ?? '')) return false
  if (headers.forwarded ?? headers['x-forwarded-for'] ?? headers['x-real-ip']) return false
  if (!LOOPBACK_HOST.test(headers.host ?? '')) return false
  if (headers.origin !== undefined) return isLoopbackOrigin(headers.origin)
  return headers['sec-fetch-site'] !== 'cross-site'
}

export function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && LOOPBACK_HOST.test(new URL(origin).host)
}
