import { auditRoutes } from '../audit/index.ts'
import { backupRoutes } from '../backup/index.ts'
import type { ServerConfig } from '../config.ts'
import { openApiRoute } from '../http/openapi.ts'
import type { Route } from '../http/route.ts'
import { backlogRoutes, messageRoutes, seedRoutes } from '../messages/index.ts'
import { metricsRoute } from '../metrics/index.ts'
import { moderatorRoutes, roomRoutes } from '../rooms/index.ts'
import { type Address, type LanSwitch, statusRoutes } from '../status/index.ts'
import type { Database } from '../store/index.ts'
import { sharedStreamRoutes, subscriberRoutes } from '../subscribers/index.ts'
import { tokenRoutes } from '../tokens/index.ts'
import { userRoutes } from '../users/index.ts'
import type { Features } from './features.ts'

interface RouteParts {
  config: ServerConfig
  db: Database
  version: string
  features: Features
  addresses(): Address[]
  lan: LanSwitch
  isDraining(): boolean
  restart(): void
}

/** All routes of the HTTP API, in the order of /openapi.json. */
export function createRoutes(parts: RouteParts): Route[] {
  const { config, db, version, features, addresses, lan, isDraining, restart } = parts
  const { accounts, audit, auth, backplane, cluster, hub, messages, moderators, peers, presence } = features
  const { revocations, roomLog, rooms, shared, stage, streamLimits, subscriptions, tokens, users } = features
  const { accessLost } = revocations

  const routes: Route[] = [
    ...seedRoutes({ auth, rooms, messages }),
    ...messageRoutes({ audit, rooms, messages, log: roomLog }),
    ...roomRoutes({
      audit,
      auth,
      rooms,
      control: async (room, event) => (await cluster.control(room, event)) + peers.streams(room.id),
      live: (room, event) => cluster.live(room, event) + peers.streams(room),
      serverOwner: async () => (await users.firstOwner())?.id ?? null,
    }),
    ...moderatorRoutes({ audit, moderators, rooms, users, accessLost }),
    ...subscriberRoutes({ audit, cluster, hub, presence, rooms, stage, subscriptions }),
    ...sharedStreamRoutes({ cluster, limits: streamLimits, subscriptions }),
    ...features.presets.routes,
    ...features.assets.routes,
    ...features.themes.routes,
    ...backlogRoutes({ auth, rooms, messages }),
    openApiRoute(() => routes, version),
    ...statusRoutes({
      db,
      version,
      desktop: config.desktop,
      uploads: config.limits.uploads,
      addresses,
      serverToken: features.apiToken,
      setupNeeded: accounts.firstOwner.needed,
      audit,
      lan,
      redisState: () => (!config.redisUrl ? null : backplane.healthy ? 'ok' : 'away'),
      isDraining,
    }),
    ...backupRoutes({
      db,
      version,
      restart() {
        shared.restored()
        restart()
      },
    }),
    metricsRoute(features.metrics, auth),
    ...features.broker.routes,
    ...accounts.routes,
    ...userRoutes({ audit, users, signOut: accounts.logins.endAll, accessLost }),
    ...tokenRoutes({ audit, auth, rooms, tokens }),
    ...auditRoutes(audit),
  ]
  return routes
}
