export { type Accounts, createAccounts } from './accounts.ts'
export {
  type Auth,
  bearerToken,
  type CredentialResolver,
  createAuth,
  type RoomAction,
  type RoomRule,
} from './gate.ts'
export { createLimits } from './limits.ts'
export { ownerKey } from './owner-key.ts'
export { type Principal, type Role, type Scope, SERVER_TOKEN_PRINCIPAL } from './principal.ts'
export { apiTokenResolver, isCredentialGood, serverTokenResolver } from './resolvers.ts'
export { loadJwtSecret, loadServerToken, sameSecret } from './secrets.ts'
