import type { Logger } from 'pino'
import type { Auth } from '../auth/index.ts'
import type { Cluster } from '../backplane/index.ts'
import type { Route } from '../http/route.ts'
import type { Hub } from '../sse/index.ts'
import { type Store, sharedValue } from '../store/index.ts'
import { createAdmit } from './access.ts'
import { createDevices } from './devices.ts'
import { createInfo } from './info.ts'
import { createMonitor } from './monitor.ts'
import { createRegistry } from './registry.ts'
import { brokerRoutes } from './routes.ts'
import type { TopicChange } from './state-change.ts'
import { createDeviceTokens } from './token.ts'
import { createTurnTransaction } from './turn-transaction.ts'
import { webhookRoutes } from './webhook-routes.ts'
import { createWebhooks } from './webhooks.ts'

export { BROKER_PATHS, brokerCors } from './cors.ts'

export interface BrokerConfig {
  /** Signs devices' tokens; absent = one that the database keeps. */
  secret: string | undefined
  /** Management calls from this machine need no token. */
  openOnLoopback: boolean
  /** Seconds. */
  tokenTtl: number
  /** Seconds. */
  heartbeat: number
  keepFrames: number
  keepDays: number
}

export interface Broker {
  routes: Route[]
  /** Ends the devices' streams in good order. */
  drain(): Promise<void>
  close(): Promise<void>
}

interface BrokerParts {
  auth: Auth
  cluster: Cluster
  config: BrokerConfig
  hub: Hub
  log: Logger
  store: Store
}

/** Milliseconds between two looks for frames that are past their days. */
const TRIM_INTERVAL = 3_600_000

/** Users with devices, each of which is sent to by name: go-sse-broker's API on our hub, store and cluster. */
export async function createBroker({ auth, cluster, config, hub, log, store }: BrokerParts): Promise<Broker> {
  const { db } = store
  const webhooks = createWebhooks(db, log)
  const monitor = createMonitor({ cluster, hub })

  function tell(changes: TopicChange[]) {
    for (const { topic, change } of changes) {
      cluster.backplane.announce(`sse_topic_${topic}`, JSON.stringify(change))
      monitor.tell('state', { topic, ...change })
    }
    if (changes.length > 0) webhooks.wake()
  }

  const registry = createRegistry({
    store,
    transact: createTurnTransaction(store),
    keepFrames: config.keepFrames,
    keepFor: config.keepDays * 86_400_000,
    record: webhooks.record,
    tell,
  })
  cluster.nodes.onClear(async (tx, node) => {
    const changes = await registry.clearNode(tx, node, 'instance_clear')
    return () => tell(changes)
  })
  const devices = createDevices({ cluster, db, hub, registry, heartbeat: config.heartbeat * 1_000 })
  const trimming = setInterval(() => registry.trim().catch(() => {}), TRIM_INTERVAL)

  return {
    routes: [
      ...brokerRoutes({
        admit: createAdmit(auth, config.openOnLoopback),
        devices,
        info: createInfo(db, cluster.nodes),
        tokens: createDeviceTokens(config.secret ?? (await sharedValue(db, 'broker-secret', 32))),
        tokenTtl: config.tokenTtl,
      }),
      ...monitor.routes,
      ...webhookRoutes(webhooks),
    ],
    async drain() {
      clearInterval(trimming)
      await devices.close()
      const changes = await db
        .transaction()
        .execute(tx => registry.clearNode(tx, cluster.node, 'instance_close'))
      tell(changes)
    },
    close: () => webhooks.close(),
  }
}
