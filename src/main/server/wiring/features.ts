import type { Logger } from 'pino'
import { createAssetFeature } from '../assets/index.ts'
import { loadServerToken } from '../auth/index.ts'
import { shareState } from '../backplane/index.ts'
import { createBroker } from '../broker/index.ts'
import type { ServerConfig } from '../config.ts'
import { createQuotes } from '../fallback/index.ts'
import { createRetention } from '../messages/index.ts'
import { createPresetFeature } from '../presets/index.ts'
import { Frame } from '../sse/index.ts'
import type { Store } from '../store/index.ts'
import { closeForGood, createSubscriptions, lockOut } from '../subscribers/index.ts'
import { createThemeFeature } from '../themes/index.ts'
import { type Access, createAccess } from './access.ts'
import { createLive, type Live } from './live.ts'

export type Features = Awaited<ReturnType<typeof createFeatures>>

interface FeatureParts {
  config: ServerConfig
  log: Logger
  store: Store
  version: string
  /** By which other servers know this one. */
  nodeAddress(): string
  /** Begins anew in this process: what is held in memory is old. */
  restart(): void
}

/** Makes each feature and gives it what it needs of the others. */
export async function createFeatures({ config, log, store, version, nodeAddress, restart }: FeatureParts) {
  const { db } = store
  const apiToken = loadServerToken(config.dataDir, config.apiToken)
  const live = await createLive({
    config,
    log,
    store,
    version,
    nodeAddress,
    stageChanged: (room, state) => shared.stageChanged(room, state),
  })
  const { cluster, fallback, hub, peers, presence, rooms, stage, streamLimits } = live
  const access = await createAccess({
    config,
    log,
    store,
    live,
    apiToken,
    revoked: credential => shared.revoked(credential),
  })
  const { auth, revocations } = access

  const assets = createAssetFeature({
    db,
    rooms,
    hub,
    limits: config.limits.uploads,
    emotesChanged: () => shared.looksChanged(),
  })
  const presets = createPresetFeature({
    store,
    assets: assets.assets,
    rooms,
    hub,
    bus: cluster.bus,
    looksChanged: () => shared.looksChanged(),
  })
  const themes = createThemeFeature({
    db,
    hub,
    bus: cluster.bus,
    limits: config.limits.uploads,
    pagesDir: config.pagesDir,
  })
  const subscriptions = createSubscriptions({
    auth,
    cluster,
    db,
    emotes: assets.roomEmotes.of,
    fallback,
    hub,
    introduction: presets.looks.introduction,
    limits: streamLimits,
    presence,
    rooms,
    stage,
  })
  tellPlayersOfRooms(live, access)
  // After them: who is given a sentence knows by then that the room wants it.
  const quotes = createQuotes({ hub, rooms, source: live.sentences })
  const shared = shareState({
    cluster,
    fallback,
    looks: [presets.looks, assets.roomEmotes],
    peers,
    rooms,
    stage,
    store,
    restart,
    closeRevoked: revocations.revoked,
  })
  const broker = await createBroker({ auth, cluster, config: config.broker, hub, log, store })
  const retention = createRetention(db, config.limits)

  return {
    ...live,
    ...access,
    apiToken,
    assets,
    broker,
    presets,
    quotes,
    retention,
    shared,
    subscriptions,
    themes,
  }
}

/** What a room's change means for the streams that are open. */
function tellPlayersOfRooms({ fallback, hub, rooms }: Live, { moderators }: Access): void {
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
}
