import manifest from '../../../package.json' with { type: 'json' }
import { createApp } from './app.ts'
import { assetRoutes, createAssets } from './assets/index.ts'
import { auditRoutes, createAudit } from './audit/index.ts'
import {
  apiTokenResolver,
  createAccounts,
  createAuth,
  createLimits,
  isCredentialGood,
  loadServerToken,
  serverTokenResolver,
} from './auth/index.ts'
import { createBackplane, createCluster, shareState } from './backplane/index.ts'
import { backupRoutes } from './backup/index.ts'
import { createBroker } from './broker/index.ts'
import type { ServerConfig } from './config.ts'
import { createFallback } from './fallback/index.ts'
import { createDeclaredNames, createOwnNames } from './http/host-check.ts'
import { type Listener, openListener } from './http/listener.ts'
import { openApiRoute } from './http/openapi.ts'
import type { Route } from './http/route.ts'
import { createStreamLimits } from './limits/index.ts'
import { createLog } from './log.ts'
import {
  backlogRoutes,
  createMessages,
  createRetention,
  createRoomLog,
  finishLeftOpen,
  messageRoutes,
  seedRoutes,
} from './messages/index.ts'
import { createMetrics, metricsRoute } from './metrics/index.ts'
import { createPages } from './pages/index.ts'
import { createPeers, createPresence } from './presence/index.ts'
import { createPresetFeature } from './presets/index.ts'
import { restartable } from './restartable.ts'
import {
  createModerators,
  createRoomRule,
  createRooms,
  createStage,
  moderatorRoutes,
  roomRoutes,
} from './rooms/index.ts'
import { createHub, Frame, type Hub } from './sse/index.ts'
import {
  type Address,
  createLanSwitch,
  hostToListenOn,
  isLoopback,
  listAddresses,
  statusRoutes,
} from './status/index.ts'
import { openStore, type Store, sharedValue } from './store/index.ts'
import {
  closeForGood,
  createRevocations,
  createSubscriptions,
  lockOut,
  sharedStreamRoutes,
  subscriberRoutes,
} from './subscribers/index.ts'
import { createThemeFeature } from './themes/index.ts'
import { createTokens, tokenRoutes } from './tokens/index.ts'
import { userRoutes } from './users/index.ts'

export { readConfig, type ServerConfig } from './config.ts'
export { StartError } from './errors.ts'

export interface RunningServer {
  /** Where this machine reaches it, `http://127.0.0.1:8000`. */
  url: string
  /** What it listens on now: the LAN switch changes it. */
  readonly host: string
  port: number
  /** Where others reach it, in the order to offer them. */
  addresses(): Address[]
  /** The server's own API token. */
  apiToken: string
  /** Where the first account is made, good until the server ends; null where there is one, or the desktop app makes it. */
  readonly setupUrl: string | null
  /** An access token (6 h) of the owner, for the desktop app's own window. Makes the owner's account, without a password, where there is no account. */
  ownerToken(): Promise<string>
  /** Stops accepting, tells players to come back, ends the streams, writes down what is open. */
  close(): Promise<void>
}

/** Milliseconds within which players come back after a restart, at random, so that they do not all come at once. */
const DRAIN_SPREAD = 2_000

/**
 * Starts the server: database, hub, API, pages.
 * @throws StartError whose message is one line for the user.
 */
export function startServer(config: ServerConfig): Promise<RunningServer> {
  return restartable(({ port = config.port, restart }) => startOnce({ ...config, port }, restart))
}

async function startOnce(given: ServerConfig, restart: () => void): Promise<RunningServer> {
  const log = createLog(given.logLevel, given.logTo)
  const store = await openStore({ dataDir: given.dataDir, databaseUrl: given.databaseUrl })
  const { db } = store
  const config = await withSharedSecrets(given, store)
  const backplane = await createBackplane(config.redisUrl, store)
  const apiToken = loadServerToken(config.dataDir, config.apiToken)
  const host = await hostToListenOn(db, config)

  const hub = createHub()
  const rooms = await createRooms(db)
  const stage = createStage(db, (room, state) => shared.stageChanged(room, state))
  const limits = createStreamLimits(hub, config.limits)
  const fallback = createFallback(hub, { url: config.hitokotoUrl })
  const metrics = createMetrics({
    backplane,
    hub,
    joined: config.redisUrl !== undefined,
    version: manifest.version,
  })
  const cluster = createCluster({
    store,
    backplane,
    hub,
    log,
    version: manifest.version,
    address: () => nodeAddress(addresses()),
    onGap: metrics.gapFilled,
  })
  const peers = createPeers(hub, cluster.bus, cluster.nodes)
  const presence = createPresence(hub, peers, async id => {
    const row = await db.selectFrom('rooms').select('seq').where('id', '=', id).executeTakeFirst()
    return row?.seq ?? 0
  })
  const roomLog = metrics.watchLog(
    createRoomLog(db, (room, batch) => cluster.deliver(room, batch) + peers.streams(room.id)),
  )
  const messages = createMessages(
    db,
    roomLog,
    (room, seq) => {
      if (!presence.isWatched(room.id)) stage.passed(room, seq).catch(() => {})
    },
    config.limits,
  )
  const audit = createAudit(db, log)
  const revoked = (credential: string) => {
    revocations.revoked(credential)
    shared.revoked(credential)
  }
  const accounts = await createAccounts({ audit, config, revoked, rooms, store })
  const { users } = accounts
  const tokens = createTokens(db, store.freshFor, revoked)
  const moderators = createModerators(db, store.freshFor)
  const rule = createRoomRule(moderators)
  const callLimits = createLimits(config)
  const auth = createAuth({
    rooms,
    strong: [apiTokenResolver(tokens, users), accounts.resolver],
    chosen: serverTokenResolver(apiToken),
    rule,
    limits: callLimits,
  })
  const isGood = (credential: string) => isCredentialGood(credential, { tokens, logins: accounts.logins })
  const revocations = createRevocations({
    hub,
    rooms,
    users,
    rule,
    isGood,
  })
  users.onDelete(async ({ id }) => {
    await tokens.revokeAll(id)
    await moderators.forgetUser(id)
    const heir = await users.firstOwner(id)
    if (heir) await rooms.give(id, heir.id)
  })
  const assets = createAssets(db)
  const presets = createPresetFeature({
    db,
    assets,
    rooms,
    hub,
    looksChanged: () => shared.looksChanged(),
  })
  const subscriptions = createSubscriptions({
    auth,
    cluster,
    db,
    fallback,
    hub,
    introduction: presets.looks.introduction,
    limits,
    presence,
    rooms,
    stage,
  })

  rooms.on({
    created: room => fallback.roomCreated(room.id),
    changed(room) {
      lockOut(hub, room)
      const { id, name, settings, version } = room
      const data = JSON.stringify({ type: 'settings', settings, version, name })
      hub.deliver(id, { frame: Frame.of({ event: 'meta', data }), from: null, to: null })
    },
    deleted(room) {
      moderators.forgetRoom(room.id)
      for (const subscriber of hub.inRoom(room.id)) closeForGood(subscriber, 'room-deleted')
    },
  })

  const shared = shareState({
    cluster,
    fallback,
    looks: presets.looks,
    peers,
    rooms,
    stage,
    restart,
    closeRevoked: revocations.revoked,
  })

  const broker = await createBroker({ auth, cluster, config: config.broker, hub, log, store })

  let draining = false
  let listener: Listener | undefined
  const listening = () => listener ?? { host, port: config.port }
  const addresses = () => listAddresses(listening().host, listening().port)
  const lan = createLanSwitch(db, () => listener!, config.hostFixed)
  const declaredNames = createDeclaredNames(config.allowedHosts)
  const routes: Route[] = [
    openApiRoute(() => routes, manifest.version),
    ...seedRoutes({ auth, rooms, messages }),
    ...messageRoutes({ audit, rooms, messages, log: roomLog }),
    ...roomRoutes({
      audit,
      auth,
      rooms,
      live: cluster.live,
      stage,
      serverOwner: async () => (await users.firstOwner())?.id ?? null,
    }),
    ...moderatorRoutes({ audit, moderators, rooms, users, accessLost: revocations.accessLost }),
    ...subscriberRoutes({ audit, cluster, hub, presence, rooms, stage, subscriptions }),
    ...sharedStreamRoutes({ cluster, limits, subscriptions }),
    ...presets.routes,
    ...assetRoutes(assets),
    ...createThemeFeature({ db, hub, bus: cluster.bus, pagesDir: config.pagesDir }).routes,
    ...backlogRoutes({ auth, rooms, messages }),
    ...statusRoutes({
      db,
      version: manifest.version,
      desktop: config.desktop,
      addresses,
      serverToken: apiToken,
      setupNeeded: accounts.firstOwner.needed,
      audit,
      lan,
      redisState: () => (!config.redisUrl ? null : backplane.healthy ? 'ok' : 'away'),
      isDraining: () => draining,
    }),
    ...backupRoutes({
      db,
      version: manifest.version,
      restart() {
        shared.restored()
        restart()
      },
    }),
    metricsRoute(metrics, auth),
    ...broker.routes,
    ...accounts.routes,
    ...userRoutes({
      audit,
      users,
      signOut: accounts.logins.endAll,
      accessLost: revocations.accessLost,
    }),
    ...tokenRoutes({ audit, auth, rooms, tokens }),
    ...auditRoutes(audit),
  ]
  const app = createApp({
    log,
    gate: auth,
    brokerOpenOnLoopback: config.broker.openOnLoopback,
    trustProxy: config.trustProxy,
    pages: createPages(config.pagesDir, addresses),
    routes,
    names: createOwnNames(declaredNames, () => isLoopback(listening().host)),
    // Any name may be ours; not any origin.
    declaredNames: createDeclaredNames(config.allowedHosts.filter(name => name !== '*')),
  })

  await finishLeftOpen(store, rooms, roomLog)
  const retention = createRetention(db, config.limits)

  try {
    listener = await openListener(app, host, config.port)
    await cluster.start()
    peers.ask()
    void retention.run().catch(() => {})
  } catch (error) {
    listener?.stopAccepting()
    await cluster.stop()
    await retention.close()
    await store.close()
    throw error
  }

  return {
    get url() {
      return addresses()[0]!.url
    },
    get host() {
      return listening().host
    },
    port: listener.port,
    addresses,
    apiToken,
    get setupUrl() {
      const { code } = accounts.firstOwner
      return code === null ? null : `${addresses()[0]!.url}/admin/setup#${code}`
    },
    ownerToken: accounts.ownerToken,
    async close() {
      draining = true
      listener?.stopAccepting()
      await broker.drain().catch(error => log.warn({ err: error }, 'the devices could not be signed off'))
      sendAway(hub)
      listener?.closeIdle()
      fallback.close()
      presence.close()
      hub.close()
      await roomLog.idle()
      await retention.close()
      await stage.save()
      peers.close()
      await broker.close()
      await cluster.stop()
      revocations.close()
      accounts.close()
      callLimits.close()
      await tokens.close()
      await audit.close()
      await store.close()
      listener?.closeAll()
    },
  }
}

/** Tells each stream to come back, each at a time of its own, and ends it. */
function sendAway(hub: Hub): void {
  for (const room of [...hub.rooms()]) {
    for (const subscriber of [...hub.inRoom(room)]) {
      const after = Math.round(Math.random() * DRAIN_SPREAD)
      subscriber.send(Frame.of({ event: 'meta', data: JSON.stringify({ type: 'drain', after }) }))
      subscriber.end()
    }
  }
}

/** Servers of one database take each other's tokens, so they must have the same secrets: where none are given, the database keeps them. */
async function withSharedSecrets(config: ServerConfig, { db, kind }: Store): Promise<ServerConfig> {
  if (kind === 'sqlite') return config
  return {
    ...config,
    apiToken: config.apiToken ?? (await sharedValue(db, 'api-token', 24)),
    jwtSecret: config.jwtSecret ?? (await sharedValue(db, 'jwt-secret', 32)),
  }
}

/** Host and port by which the others know this server: one of the LAN where there is one. */
function nodeAddress(addresses: Address[]): string {
  const { host } = new URL((addresses.find(({ kind }) => kind === 'lan') ?? addresses[0]!).url)
  return host
}
