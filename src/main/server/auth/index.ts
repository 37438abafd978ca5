export { createAccounts } from './accounts.ts'
export {
  type Auth,
  bearerToken,
  createAuth,
  type RoomRule,
} from './gate.ts'
export { createLimits } from './limits.ts'
export { ownerKey } from './owner-key.ts'
export type { Principal, Scope } from './principal.ts'
export { apiTokenResolver, isCredentialGood, serverTokenResolver } from './resolvers.ts'
export { loadServerToken } from './secrets.ts'
