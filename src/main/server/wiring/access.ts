import type { Logger } from 'pino'
import { createAudit } from '../audit/index.ts'
import {
  apiTokenResolver,
  createAccounts,
  createAuth,
  createLimits,
  isCredentialGood,
  serverTokenResolver,
} from '../auth/index.ts'
import type { ServerConfig } from '../config.ts'
import { createModerators, createRoomRule } from '../rooms/index.ts'
import type { Store } from '../store/index.ts'
import { createRevocations } from '../subscribers/index.ts'
import { createTokens } from '../tokens/index.ts'
import type { Live } from './live.ts'

export type Access = Awaited<ReturnType<typeof createAccess>>

interface AccessParts {
  config: ServerConfig
  log: Logger
  store: Store
  live: Pick<Live, 'hub' | 'rooms'>
  /** The server's own token. */
  apiToken: string
  /** Told each credential that ends, for the other servers. */
  revoked(credential: string): void
}

/** Who may do what: accounts, tokens, moderators, the gate that each request passes, and what ends with them. */
export async function createAccess({ config, log, store, live, apiToken, ...parts }: AccessParts) {
  const { db, freshFor } = store
  const { hub, rooms } = live
  const audit = createAudit(db, log)
  const revoked = (credential: string) => {
    revocations.revoked(credential)
    parts.revoked(credential)
  }
  const accounts = await createAccounts({ audit, config, revoked, rooms, store })
  const { users, logins } = accounts
  const tokens = createTokens(db, freshFor, revoked)
  const moderators = createModerators(db, freshFor)
  const rule = createRoomRule(moderators)
  const limits = createLimits(config)
  const auth = createAuth({
    rooms,
    strong: [apiTokenResolver(tokens, users), accounts.resolver],
    chosen: serverTokenResolver(apiToken),
    rule,
    limits,
  })
  const isGood = (credential: string) => isCredentialGood(credential, { tokens, logins })
  const revocations = createRevocations({ hub, rooms, users, rule, isGood })

  users.onDelete(async ({ id }) => {
    await tokens.revokeAll(id)
    await moderators.forgetUser(id)
    const heir = await users.firstOwner(id)
    if (heir) await rooms.give(id, heir.id)
  })

  return { accounts, audit, auth, limits, moderators, revocations, tokens, users }
}
