import { z } from 'zod'
import { LIMITS } from './limits.ts'

/** `owner`: the server is theirs. `admin`: manages members' accounts. `member`: their own rooms, and those shared with them. */
export const ROLES = ['owner', 'admin', 'member'] as const
export type Role = (typeof ROLES)[number]

/** What a credential may do in the rooms that it reaches. */
export const SCOPES = ['publish', 'read', 'manage'] as const
export type Scope = (typeof SCOPES)[number]

/** Letters and digits of any script and a few signs: nothing that a page or a log could take for something else. */
export const username = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{M}\p{N}._@+-]+$/u, 'use letters, digits and . _ @ + -')

/** No rules about signs: length is what counts (NIST SP 800-63B, section 3.1.1). */
const newPassword = z.string().min(8, 'take at least 8 characters').max(256)
/** A password to be checked; what is longer than a new one may be is refused before it is hashed. */
const presentedPassword = z.string().min(1).max(256)
const accountName = z.string().trim().normalize('NFC').max(64)

/** `POST /api/v1/auth/login` */
export const loginInput = z.strictObject({ username: accountName, password: presentedPassword })
export type LoginInput = z.infer<typeof loginInput>

/** `POST /api/v1/auth/setup`: `code` is what follows `#` in the set-up link. */
export const setupInput = z.strictObject({ code: z.string().max(128), username, password: newPassword })

/** `POST /api/v1/auth/reset`: `code` is what stands between `#` and `.` in the link of `--reset-owner`. */
export const resetInput = z.strictObject({ code: z.string().max(128), password: newPassword })

/** `POST /api/v1/auth/password`: `current` may be left out only by an account that has no password yet. */
export const changePasswordInput = z.strictObject({
  current: presentedPassword.optional(),
  password: newPassword,
})
export type ChangePasswordInput = z.infer<typeof changePasswordInput>

export interface User {
  id: string
  username: string
  role: Role
  /** False: the desktop's owner, who is signed in by the app and can't sign in from elsewhere. */
  hasPassword: boolean
  /** Epoch milliseconds. */
  createdAt: number
  lastLoginAt: number | null
}

/** What `login`, `setup` and `refresh` answer, beside the refresh cookie. */
export interface SignedIn {
  accessToken: string
  /** Seconds until the access token expires. */
  expiresIn: number
  user: User
}

/** `GET /api/v1/auth/me`: who a credential stands for, and what it may. */
export interface Me {
  kind: 'user' | 'token'
  /** The account; null for the server's own API token. */
  user: User | null
  role: Role
  /** The API token's name; null for somebody signed in. */
  token: string | null
  scopes: Scope[]
  /** The rooms it is limited to; null = every room that its account may use. */
  rooms: string[] | null
}

/** One place where somebody is signed in: `GET /api/v1/auth/logins`. */
export interface Login {
  id: string
  /** The browser's User-Agent. */
  device: string
  address: string
  createdAt: number
  lastUsedAt: number
  expiresAt: number
  /** The one that asks. */
  current: boolean
}

/** `POST /api/v1/users`, by an owner or an admin. An admin can make members only. */
export const createUserInput = z.strictObject({
  username,
  password: newPassword,
  role: z.enum(ROLES).default('member'),
})
export type CreateUserInput = z.infer<typeof createUserInput>

/** `PATCH /api/v1/users/:user`. A new password signs the user out everywhere. */
export const changeUserInput = z.strictObject({
  username: username.optional(),
  role: z.enum(ROLES).optional(),
  password: newPassword.optional(),
})
export type ChangeUserInput = z.infer<typeof changeUserInput>

const line = z
  .string()
  .trim()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'control characters are not allowed')

/** `POST /api/v1/tokens` */
export const createTokenInput = z.strictObject({
  name: line.min(1).max(LIMITS.labelLength),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .max(SCOPES.length)
    .transform(scopes => SCOPES.filter(scope => scopes.includes(scope))),
  /** Null: every room that the account may use. */
  rooms: z.array(z.string().max(64)).min(1).max(100).nullable().default(null),
  /** Epoch milliseconds; null = never. */
  expiresAt: z.number().int().positive().max(8.64e15).nullable().default(null),
})
export type CreateTokenInput = z.input<typeof createTokenInput>

/** An API token as its owner sees it. The token itself is shown once, when it is made. */
export interface ApiToken {
  id: string
  name: string
  /** How it begins, to recognise it by. */
  prefix: string
  scopes: Scope[]
  rooms: string[] | null
  createdAt: number
  expiresAt: number | null
  /** To the minute; null = never used. */
  lastUsedAt: number | null
}

/** `POST /api/v1/rooms/:room/moderators` */
export const addModeratorInput = z.strictObject({ username: accountName })

/** Somebody whom a room is shared with. */
export interface Moderator {
  id: string
  username: string
  since: number
}

/** One line of the audit log: `GET /api/v1/audit`, newest first. */
export interface AuditEntry {
  id: string
  time: number
  /** `auth.login`, `token.create`, …: see {@link AUDIT_ACTIONS}. */
  action: AuditAction
  /** Who did it, as it was called then; empty = nobody known. */
  actor: string
  userId: string | null
  /** What it was done to: a room, a user, a token. */
  target: string
  address: string
  detail: Record<string, string | number | boolean | null>
}

export const AUDIT_ACTIONS = [
  'auth.setup',
  'auth.owner-reset',
  'auth.login',
  'auth.login-failed',
  'auth.login-limited',
  'auth.logout',
  'auth.logout-all',
  'auth.login-ended',
  'auth.refresh-reused',
  'auth.password',
  'user.create',
  'user.change',
  'user.delete',
  'token.create',
  'token.revoke',
  'room.create',
  'room.change',
  'room.delete',
  'room.share',
  'room.unshare',
  'room.clear',
  'player.kick',
  'server.lan',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]
