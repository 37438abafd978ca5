import type { Request, Response } from 'express'
import { z } from 'zod'
import {
  changePasswordInput,
  type Login,
  loginInput,
  type Me,
  ROLES,
  resetInput,
  SCOPES,
  type SignedIn,
  setupInput,
} from '../../../shared/account.ts'
import type { Audit } from '../audit/index.ts'
import { ApiError } from '../errors.ts'
import { answer, userAnswer } from '../http/answer.ts'
import { clientOf } from '../http/client.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { toUser, type UserRecord, type Users } from '../users/index.ts'
import type { DeviceCookie, RefreshCookie } from './cookie.ts'
import type { FirstOwner } from './first-owner.ts'
import { bearerToken } from './gate.ts'
import { ACCESS_LIFETIME, type Jwts } from './jwt.ts'
import { type LoginRecord, type Logins, loginCredential } from './logins.ts'
import type { OwnerReset } from './owner-reset.ts'
import type { SignIn } from './sign-in.ts'

interface AuthRouteParts {
  audit: Audit
  cookie: RefreshCookie
  devices: DeviceCookie
  firstOwner: FirstOwner
  jwts: Jwts
  logins: Logins
  ownerReset: OwnerReset
  signIn: SignIn
  users: Users
}

/** Names and passwords are short. */
const SMALL_BODY = 4 * 1024
const me = answer({
  kind: z.enum(['user', 'token']),
  user: userAnswer.nullable(),
  role: z.enum(ROLES),
  token: z.string().nullable(),
  scopes: z.array(z.enum(SCOPES)),
  rooms: z.array(z.string()).nullable(),
})
const login = z.object({
  id: z.string(),
  device: z.string(),
  address: z.string(),
  createdAt: z.int(),
  lastUsedAt: z.int(),
  expiresAt: z.int(),
  current: z.boolean(),
})
const loginParams = z.object({ login: z.string().max(64) })
const signedIn = {
  status: 200,
  description: 'The access token (6 h); the refresh token (14 d) comes as an httpOnly cookie.',
  schema: answer({ accessToken: z.string(), expiresIn: z.int(), user: userAnswer }),
}

/** Signing in and out, and what belongs to one's own account. */
export function authRoutes(parts: AuthRouteParts): Route[] {
  const { audit, cookie, devices, firstOwner, jwts, logins, ownerReset, signIn, users } = parts

  async function grant(
    req: Request,
    res: Response,
    { user, loginId, refreshId }: { user: UserRecord; loginId: string; refreshId: string },
  ): Promise<SignedIn> {
    const ids = { userId: user.id, loginId }
    cookie.set(req, res, await jwts.signRefresh({ ...ids, refreshId }))
    return { accessToken: await jwts.signAccess(ids), expiresIn: ACCESS_LIFETIME, user: toUser(user) }
  }

  async function begin(req: Request, res: Response, { id }: UserRecord): Promise<SignedIn> {
    const login = await logins.begin(id, clientOf(req))
    await users.noteLogin(id, login.created_at)
    const user = await users.get(id)
    const reply = await grant(req, res, { user, loginId: login.id, refreshId: login.refresh_id })
    await devices.set(req, res, id)
    return reply
  }

  async function refresh(req: Request, res: Response): Promise<SignedIn> {
    const claims = await jwts.readRefresh(cookie.read(req) ?? '')
    const rotation = claims ? await logins.rotate(claims.loginId, claims.refreshId) : null
    const user =
      rotation?.result === 'rotated' && rotation.login.user_id === claims?.userId
        ? await users.find(claims.userId)
        : null
    if (rotation?.result === 'rotated' && user) {
      return grant(req, res, { user, loginId: rotation.login.id, refreshId: rotation.refreshId })
    }
    if (rotation?.result === 'reused') {
      const owner = await users.find(rotation.login.user_id)
      audit.record('auth.refresh-reused', {
        actor: null,
        address: clientOf(req).address,
        target: owner?.username ?? '',
        detail: { device: rotation.login.device },
      })
    }
    cookie.clear(req, res)
    throw new ApiError('unauthenticated', 'nobody is signed in here: sign in')
  }

  /** The login that a request belongs to, by its access token or its cookie. */
  async function loginOf(req: Request): Promise<LoginRecord | null> {
    const access = bearerToken(req)
    const claims = access
      ? await jwts.readAccess(access).catch(() => null)
      : await jwts.readRefresh(cookie.read(req) ?? '')
    return claims ? logins.find(claims.loginId) : null
  }

  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/auth/setup',
      summary: 'Make the first account by the set-up link that the server printed',
      tag: 'accounts',
      access: { kind: 'public' },
      body: setupInput,
      bodyLimit: SMALL_BODY,
      success: { ...signedIn, status: 201 },
      errors: ['bad-json', 'invalid-input', 'forbidden', 'conflict'],
      async handle({ req, res, body }) {
        const user = await firstOwner.setUp(body)
        audit.record('auth.setup', {
          actor: { userId: user.id, name: user.username },
          address: clientOf(req).address,
        })
        return {
          body: { success: true, code: 201, msg: 'the account is made', ...(await begin(req, res, user)) },
        }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/auth/reset',
      summary: 'Set the owner’s password anew by the link that `--reset-owner` printed',
      tag: 'accounts',
      access: { kind: 'public' },
      body: resetInput,
      bodyLimit: SMALL_BODY,
      success: signedIn,
      errors: ['bad-json', 'invalid-input', 'forbidden'],
      async handle({ req, res, body }) {
        const user = await ownerReset.use(body)
        audit.record('auth.owner-reset', {
          actor: { userId: user.id, name: user.username },
          address: clientOf(req).address,
          detail: { device: clientOf(req).device },
        })
        return {
          body: { success: true, code: 200, msg: 'the password is set', ...(await begin(req, res, user)) },
        }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/auth/login',
      summary: 'Sign in with name and password',
      tag: 'accounts',
      access: { kind: 'public' },
      body: loginInput,
      bodyLimit: SMALL_BODY,
      success: signedIn,
      errors: ['bad-json', 'invalid-input', 'wrong-credentials', 'too-many-requests'],
      async handle({ req, res, body }) {
        const user = await signIn.check(body, clientOf(req), await devices.read(req))
        const reply = await begin(req, res, user)
        audit.record('auth.login', {
          actor: { userId: user.id, name: user.username },
          address: clientOf(req).address,
          detail: { device: clientOf(req).device },
        })
        return { body: { success: true, code: 200, msg: 'signed in', ...reply } }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/auth/refresh',
      summary: 'Take a new access token; the refresh cookie is exchanged for the next one',
      tag: 'accounts',
      access: { kind: 'own', description: 'The refresh cookie.' },
      success: signedIn,
      errors: ['unauthenticated'],
      async handle({ req, res }) {
        return { body: { success: true, code: 200, msg: 'refreshed', ...(await refresh(req, res)) } }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/auth/logout',
      summary: 'Sign out here: the login ends, and the streams that rest on it',
      tag: 'accounts',
      access: {
        kind: 'own',
        description: 'The refresh cookie or the access token; without either nothing happens.',
      },
      success: { status: 204, description: 'Signed out.' },
      async handle({ req, res }) {
        const login = await loginOf(req)
        cookie.clear(req, res)
        if (login) {
          const user = await users.find(login.user_id)
          await logins.end(login.id)
          audit.record('auth.logout', {
            actor: { userId: login.user_id, name: user?.username ?? '' },
            address: clientOf(req).address,
          })
        }
        return { body: undefined }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/auth/logout-all',
      summary: 'Sign out everywhere',
      tag: 'accounts',
      access: { kind: 'user' },
      success: { status: 204, description: 'Signed out everywhere, here too.' },
      async handle({ req, res, principal }) {
        cookie.clear(req, res)
        await logins.endAll(principal!.userId!)
        audit.record('auth.logout-all', { actor: principal, address: clientOf(req).address })
        return { body: undefined }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/auth/me',
      summary: 'Who a credential stands for, and what it may',
      tag: 'accounts',
      access: { kind: 'credential' },
      success: { status: 200, description: 'The account, its role, scopes and rooms.', schema: me },
      async handle({ principal }) {
        const { kind, userId, name, role, scopes, rooms } = principal!
        const user = userId === null ? null : await users.find(userId)
        const me: Me = {
          kind,
          user: user && toUser(user),
          role,
          token: kind === 'token' ? name : null,
          scopes: SCOPES.filter(scope => scopes.has(scope)),
          rooms: rooms && [...rooms],
        }
        return { body: { success: true, code: 200, msg: 'ok', ...me } }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/auth/password',
      summary: 'Change your password; every other login ends',
      tag: 'accounts',
      access: { kind: 'user' },
      body: changePasswordInput,
      bodyLimit: SMALL_BODY,
      success: { status: 204, description: 'Changed.' },
      errors: ['bad-json', 'invalid-input', 'wrong-credentials', 'too-many-requests'],
      async handle({ req, principal, body }) {
        const user = await users.get(principal!.userId!)
        // Whoever finds a screen unlocked must not be able to keep the account.
        if (user.passwordHash !== null) {
          const input = { username: user.username, password: body.current ?? '' }
          await signIn.check(input, clientOf(req), { userId: user.id, device: principal!.credential })
        }
        await users.change(user.id, { password: body.password })
        const here = await loginOf(req)
        await logins.endAll(user.id, here?.id)
        audit.record('auth.password', { actor: principal, address: clientOf(req).address })
        return { body: undefined }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/auth/logins',
      summary: 'Where you are signed in: device, address and time',
      tag: 'accounts',
      access: { kind: 'user' },
      success: {
        status: 200,
        description: 'Your logins, the one used last first.',
        schema: answer({ logins: z.array(login) }),
      },
      async handle({ principal }) {
        const all = await logins.list(principal!.userId!)
        const list = all.map(
          (login): Login => ({
            id: login.id,
            device: login.device,
            address: login.address,
            createdAt: login.created_at,
            lastUsedAt: login.last_used_at,
            expiresAt: login.expires_at,
            current: loginCredential(login.id) === principal!.credential,
          }),
        )
        return { body: { success: true, code: 200, msg: 'ok', logins: list } }
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/auth/logins/:login',
      summary: 'End one of your logins',
      tag: 'accounts',
      access: { kind: 'user' },
      params: loginParams,
      success: { status: 204, description: 'Ended.' },
      errors: ['not-found'],
      async handle({ req, principal, params }) {
        const login = await logins.find(params.login)
        if (login?.user_id !== principal!.userId) throw new ApiError('not-found', 'there is no such login')
        await logins.end(login.id)
        audit.record('auth.login-ended', {
          actor: principal,
          address: clientOf(req).address,
          detail: { device: login.device },
        })
        return { body: undefined }
      },
    }),
  ]
}
