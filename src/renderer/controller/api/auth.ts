import type { Me, SignedIn } from '../../../shared/account.ts'
import type { Request, Result } from './request.ts'

export const signIn = (request: Request, username: string, password: string): Promise<Result<SignedIn>> =>
  request('/api/v1/auth/login', { method: 'POST', body: { username, password } })

/** Makes the first account. `code` comes with the set-up link that the server prints. */
export const setUp = (
  request: Request,
  code: string,
  username: string,
  password: string,
): Promise<Result<SignedIn>> =>
  request('/api/v1/auth/setup', { method: 'POST', body: { code, username, password } })

/** Sets the owner's password anew. `code` comes with the link that `--reset-owner` prints. */
export const resetOwner = (request: Request, code: string, password: string): Promise<Result<SignedIn>> =>
  request('/api/v1/auth/reset', { method: 'POST', body: { code, password } })

/** Rests on the httpOnly cookie of the last sign-in. */
export const refresh = (request: Request): Promise<Result<SignedIn>> =>
  request('/api/v1/auth/refresh', { method: 'POST', body: {} })

export const signOut = (request: Request): Promise<Result<unknown>> =>
  request('/api/v1/auth/logout', { method: 'POST', body: {} })

/** Ends every sign-in of the account, this one too. */
export const signOutEverywhere = (request: Request): Promise<Result<unknown>> =>
  request('/api/v1/auth/logout-all', { method: 'POST', body: {} })

export const me = (request: Request): Promise<Result<Me>> => request('/api/v1/auth/me')
