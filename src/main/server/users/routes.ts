import { z } from 'zod'
import { changeUserInput, createUserInput, type Role } from '../../../shared/account.ts'
import type { Audit } from '../audit/index.ts'
import type { Principal } from '../auth/principal.ts'
import { ApiError } from '../errors.ts'
import { answer, userAnswer } from '../http/answer.ts'
import { clientOf } from '../http/client.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { toUser, type Users } from './users.ts'

const userParams = z.object({ user: z.string().max(64) })

interface UserRouteParts {
  audit: Audit
  users: Users
  /** Signs a user out everywhere. */
  signOut(userId: string): Promise<void>
  /** Ends the streams that rest on a role that was taken away. */
  accessLost(userId: string): Promise<void>
}

/** Accounts, by owners and admins. One's own password: `POST /api/v1/auth/password`. */
export function userRoutes({ audit, users, signOut, accessLost }: UserRouteParts): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/users',
      summary: 'List the accounts',
      tag: 'accounts',
      access: { kind: 'user', role: 'admin' },
      success: {
        status: 200,
        description: 'The accounts, oldest first.',
        schema: answer({ users: z.array(userAnswer) }),
      },
      async handle() {
        const all = await users.list()
        return { body: { success: true, code: 200, msg: 'ok', users: all.map(toUser) } }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/users',
      summary: 'Make an account',
      tag: 'accounts',
      access: { kind: 'user', role: 'admin' },
      body: createUserInput,
      success: { status: 201, description: 'The account.', schema: answer({ user: userAnswer }) },
      errors: ['bad-json', 'invalid-input', 'forbidden', 'conflict'],
      async handle({ req, principal, body }) {
        requireRank(principal!, body.role)
        const user = await users.create(body)
        audit.record('user.create', {
          actor: principal,
          address: clientOf(req).address,
          target: user.username,
          detail: { role: user.role },
        })
        return { body: { success: true, code: 201, msg: 'created', user: toUser(user) } }
      },
    }),
    defineRoute({
      method: 'patch',
      path: '/api/v1/users/:user',
      summary: 'Change an account’s name or role, or set its password anew',
      tag: 'accounts',
      access: { kind: 'user', role: 'admin' },
      params: userParams,
      body: changeUserInput,
      success: {
        status: 200,
        description: 'The account. A new password has signed it out everywhere.',
        schema: answer({ user: userAnswer }),
      },
      errors: ['bad-json', 'invalid-input', 'forbidden', 'not-found', 'conflict'],
      async handle({ req, principal, params, body }) {
        const before = await users.get(params.user)
        if (before.id !== principal!.userId) requireRank(principal!, before.role)
        if (body.role !== undefined && body.role !== before.role) requireRank(principal!, body.role)
        if (body.password !== undefined && before.id === principal!.userId) {
          throw new ApiError('forbidden', 'change your own password by POST /api/v1/auth/password')
        }
        const { username, role, password } = body
        const user = await users.change(before.id, {
          ...(username === undefined ? {} : { username }),
          ...(role === undefined ? {} : { role }),
          ...(password === undefined ? {} : { password }),
        })
        if (password !== undefined) await signOut(user.id)
        if (role !== undefined) await accessLost(user.id)
        audit.record('user.change', {
          actor: principal,
          address: clientOf(req).address,
          target: before.username,
          detail: {
            ...(username === undefined ? {} : { username: user.username }),
            ...(role === undefined ? {} : { role: user.role }),
            ...(password === undefined ? {} : { password: true }),
          },
        })
        return { body: { success: true, code: 200, msg: 'changed', user: toUser(user) } }
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/users/:user',
      summary: 'Delete an account with its logins and tokens; its rooms fall to the owner',
      tag: 'accounts',
      access: { kind: 'user', role: 'admin' },
      params: userParams,
      success: { status: 204, description: 'Deleted.' },
      errors: ['forbidden', 'not-found', 'conflict'],
      async handle({ req, principal, params }) {
        const user = await users.get(params.user)
        if (user.id === principal!.userId) {
          throw new ApiError('conflict', 'this is your own account: let another owner or admin delete it')
        }
        requireRank(principal!, user.role)
        await users.delete(user.id)
        audit.record('user.delete', {
          actor: principal,
          address: clientOf(req).address,
          target: user.username,
          detail: { role: user.role },
        })
        return { body: undefined }
      },
    }),
  ]
}

/** An admin manages members only: nobody can raise themselves, or take an account that is above them. */
function requireRank(principal: Principal, role: Role): void {
  if (principal.role !== 'owner' && role !== 'member') {
    throw new ApiError('forbidden', 'only an owner may do this to owners and admins')
  }
}
