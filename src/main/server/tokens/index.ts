export { tokenRoutes } from './routes.ts'
export { createTokens, type Tokens, tokenCredential } from './tokens.ts'
