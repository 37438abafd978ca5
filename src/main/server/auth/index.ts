export { type Auth, bearerToken, type CredentialResolver, createAuth, type RoomRule } from './gate.ts'
export { type Principal, type Role, type Scope, SERVER_TOKEN_PRINCIPAL } from './principal.ts'
export { loadServerToken, sameSecret } from './server-token.ts'
