import type { Route } from '../http/route.ts'
import type { ServerLimits } from '../limits/index.ts'
import type { Rooms } from '../rooms/index.ts'
import type { Hub } from '../sse/index.ts'
import type { Database } from '../store/index.ts'
import { type Assets, createAssets } from './assets.ts'
import { emoteRoutes } from './emote-routes.ts'
import { createEmotes } from './emotes.ts'
import { createRoomEmotes, type RoomEmotes } from './room-emotes.ts'
import { assetRoutes } from './routes.ts'

export type { Assets, RoomEmotes }

/** Uploaded pictures, and the names by which lines call them. */
export function createAssetFeature(parts: {
  db: Database
  rooms: Rooms
  hub: Hub
  limits: ServerLimits['uploads']
  /** Told when emotes changed here, for the other servers. */
  emotesChanged(): void
}): { assets: Assets; roomEmotes: RoomEmotes; routes: Route[] } {
  const { db, rooms, hub, limits, emotesChanged } = parts
  function changed(): void {
    roomEmotes.changed()
    emotesChanged()
  }
  const assets = createAssets(db, limits)
  const emotes = createEmotes({ db, assets, changed })
  const roomEmotes = createRoomEmotes({ emotes, rooms, hub })
  // The emotes' own path goes before that of a picture of any id.
  return {
    assets,
    roomEmotes,
    routes: [...emoteRoutes(emotes, limits), ...assetRoutes({ assets, emotes, limits })],
  }
}
