import type { Logger } from 'pino'
import { createBackplane, createCluster } from '../backplane/index.ts'
import type { ServerConfig } from '../config.ts'
import { createFallback, createSentenceSource } from '../fallback/index.ts'
import { createStreamLimits } from '../limits/index.ts'
import { createMessages, createRoomLog, finishForOthers } from '../messages/index.ts'
import { createMetrics } from '../metrics/index.ts'
import { createPeers, createPresence } from '../presence/index.ts'
import { createRooms, createStage, type StageState } from '../rooms/index.ts'
import { createHub } from '../sse/index.ts'
import type { Store } from '../store/index.ts'

export type Live = Awaited<ReturnType<typeof createLive>>

interface LiveParts {
  config: ServerConfig
  log: Logger
  store: Store
  version: string
  /** By which other servers know this one. */
  nodeAddress(): string
  /** Told what a room's players now show. */
  stageChanged(room: string, state: StageState): void
}

/** A line's way, from the one who sends it to those who see it: rooms, their log, the hub, the other servers. */
export async function createLive({ config, log, store, version, nodeAddress, stageChanged }: LiveParts) {
  const { db } = store
  const backplane = await createBackplane(config.redisUrl, store)
  const hub = createHub()
  const rooms = await createRooms(db)
  const stage = createStage(db, stageChanged)
  const begunAnew = ({ id }: { id: string }) => stage.forget(id)
  rooms.on({ created: begunAnew, deleted: begunAnew })
  const metrics = createMetrics({
    backplane,
    hub,
    joined: config.redisUrl !== undefined,
    pool: store.pool,
    version,
  })
  const cluster = createCluster({
    store,
    backplane,
    hub,
    log,
    version,
    address: nodeAddress,
    onGap: metrics.gapFilled,
    stage,
  })
  rooms.on({ deleted: cluster.forget })
  const peers = createPeers(hub, cluster.bus, cluster.nodes)
  const presence = createPresence(hub, peers, async id => {
    const row = await db.selectFrom('rooms').select('seq').where('id', '=', id).executeTakeFirst()
    return row?.seq ?? 0
  })
  const roomLog = metrics.watchLog(
    createRoomLog(db, (room, batch) => cluster.deliver(room, batch) + peers.streams(room.id), {
      caughtUp: hub.caughtUp,
      writer: store.kind === 'postgres' ? cluster.node : null,
    }),
  )
  finishForOthers({ db, rooms, log: roomLog }, cluster, error =>
    log.error({ err: error }, 'a message that a server left half-written could not be ended'),
  )
  const messages = createMessages(
    db,
    roomLog,
    (room, seq) => {
      if (!presence.isWatched(room.id)) stage.passed(room, seq).catch(() => {})
    },
    config.limits,
  )

  const sentences = createSentenceSource({ url: config.hitokotoUrl })

  return {
    backplane,
    cluster,
    fallback: createFallback(hub, { source: sentences }),
    hub,
    messages,
    metrics,
    peers,
    presence,
    roomLog,
    rooms,
    sentences,
    stage,
    streamLimits: createStreamLimits(hub, config.limits),
  }
}
