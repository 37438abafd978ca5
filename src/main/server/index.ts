import type { Logger } from 'pino'
import manifest from '../../../package.json' with { type: 'json' }
import { createApp } from './app.ts'
import type { ServerConfig } from './config.ts'
import { createDeclaredNames, createOwnNames } from './http/host-check.ts'
import type { Listener } from './http/listener.ts'
import { close, open } from './life-cycle.ts'
import { createConnectionLimit } from './limits/index.ts'
import { createLog } from './log.ts'
import { createPages } from './pages/index.ts'
import { restartable } from './restartable.ts'
import { type Address, createLanSwitch, hostToListenOn, isLoopback, listAddresses } from './status/index.ts'
import { openStore, type Store, sharedValue } from './store/index.ts'
import { createFeatures } from './wiring/features.ts'
import { createRoutes } from './wiring/routes.ts'

export { readConfig, type ServerConfig } from './config.ts'
export { StartError } from './errors.ts'

const { version } = manifest

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
  /** Where the owner's password is set anew, once; null where the server was not started for it. */
  readonly resetUrl: string | null
  /** An access token (6 h) of the owner, for the desktop app's own window. Makes the owner's account, without a password, where there is no account. */
  ownerToken(): Promise<string>
  /** Stops accepting, tells players to come back, ends the streams, writes down what is open. */
  close(): Promise<void>
}

/**
 * Starts the server: database, hub, API, pages.
 * @throws StartError whose message is one line for the user.
 */
export function startServer(config: ServerConfig): Promise<RunningServer> {
  return restartable(
    ({ port = config.port, restart }) => startOnce({ ...config, port }, restart),
    error =>
      createLog(config.logLevel, config.logTo).error(
        { err: error },
        'the server can’t begin anew yet; trying again',
      ),
  )
}

async function startOnce(given: ServerConfig, restart: () => void): Promise<RunningServer> {
  const log = createLog(given.logLevel, given.logTo)
  const store = await openStore({ dataDir: given.dataDir, databaseUrl: given.databaseUrl })
  try {
    return await startOn(store, given, log, restart)
  } catch (error) {
    // It may be closed already, which is as good.
    await store.close()
    throw error
  }
}

async function startOn(
  store: Store,
  given: ServerConfig,
  log: Logger,
  restart: () => void,
): Promise<RunningServer> {
  const config = await withSharedSecrets(given, store)
  const at = { host: await hostToListenOn(store.db, config), port: config.port }

  let listener: Listener | undefined
  let draining = false
  const listening = () => listener ?? at
  const addresses = () => listAddresses(listening().host, listening().port)

  const features = await createFeatures({
    config,
    log,
    store,
    version,
    restart,
    nodeAddress: () => nodeAddress(addresses()),
  })
  const routes = createRoutes({
    config,
    db: store.db,
    version,
    features,
    addresses,
    lan: createLanSwitch(store.db, () => listener!, config.hostFixed),
    isDraining: () => draining,
    restart,
  })
  const app = createApp({
    log,
    gate: features.auth,
    brokerOpenOnLoopback: config.broker.openOnLoopback,
    trustProxy: config.trustProxy,
    pages: createPages(config.pagesDir, addresses, features.subscriptions.preview),
    routes,
    names: createOwnNames(createDeclaredNames(config.allowedHosts), () => isLoopback(listening().host)),
    // Any name may be ours; not any origin.
    declaredNames: createDeclaredNames(config.allowedHosts.filter(name => name !== '*')),
  })
  const connections = createConnectionLimit(config.limits.streamsPerAddress, config.trustProxy !== false)
  const opened = await open({
    app,
    at,
    connections,
    features,
    store,
    log,
    listening: now => (listener = now),
  })

  return {
    get url() {
      return addresses()[0]!.url
    },
    get host() {
      return listening().host
    },
    port: opened.port,
    addresses,
    apiToken: features.apiToken,
    get setupUrl() {
      const { code } = features.accounts.firstOwner
      return code === null ? null : `${addresses()[0]!.url}/admin/setup#${code}`
    },
    get resetUrl() {
      const { offer } = features.accounts.ownerReset
      if (!offer) return null
      return `${addresses()[0]!.url}/admin/reset#${offer.code}.${encodeURIComponent(offer.username)}`
    },
    ownerToken: features.accounts.ownerToken,
    close() {
      draining = true
      return close(opened, features, store, log)
    },
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
