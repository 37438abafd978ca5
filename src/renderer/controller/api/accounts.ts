import type {
  ApiToken,
  AuditEntry,
  ChangePasswordInput,
  ChangeUserInput,
  CreateTokenInput,
  CreateUserInput,
  Login,
  Moderator,
  User,
} from '../../../shared/account.ts'
import { gone } from './gone.ts'
import { pick } from './pick.ts'
import type { Request } from './request.ts'

export const accountsApi = (request: Request) => ({
  changePassword: (input: ChangePasswordInput) =>
    request('/api/v1/auth/password', { method: 'POST', body: input }),
  logins: () => pick(request<{ logins: Login[] }>('/api/v1/auth/logins'), 'logins'),
  endLogin: (id: string) => gone(request(`/api/v1/auth/logins/${id}`, { method: 'DELETE' })),

  users: () => pick(request<{ users: User[] }>('/api/v1/users'), 'users'),
  createUser: (input: CreateUserInput) =>
    pick(request<{ user: User }>('/api/v1/users', { method: 'POST', body: input }), 'user'),
  changeUser: (id: string, input: ChangeUserInput) =>
    pick(request<{ user: User }>(`/api/v1/users/${id}`, { method: 'PATCH', body: input }), 'user'),
  deleteUser: (id: string) => gone(request(`/api/v1/users/${id}`, { method: 'DELETE' })),

  tokens: () => pick(request<{ tokens: ApiToken[] }>('/api/v1/tokens'), 'tokens'),
  createToken: (input: CreateTokenInput) =>
    request<{ token: string; record: ApiToken }>('/api/v1/tokens', { method: 'POST', body: input }),
  revokeToken: (id: string) => gone(request(`/api/v1/tokens/${id}`, { method: 'DELETE' })),

  moderators: (room: string) =>
    pick(request<{ moderators: Moderator[] }>(`/api/v1/rooms/${room}/moderators`), 'moderators'),
  addModerator: (room: string, username: string) =>
    request(`/api/v1/rooms/${room}/moderators`, { method: 'POST', body: { username } }),
  removeModerator: (room: string, user: string) =>
    gone(request(`/api/v1/rooms/${room}/moderators/${user}`, { method: 'DELETE' })),

  audit: () => pick(request<{ entries: AuditEntry[] }>('/api/v1/audit?limit=100'), 'entries'),
})

export type AccountsApi = ReturnType<typeof accountsApi>
