import type { Migration } from 'kysely/migration'
import { roomsAndMessages } from './0001-rooms-and-messages.ts'
import { accounts } from './0002-accounts.ts'
import { presetsAndAssets } from './0003-presets-and-assets.ts'
import { clusterAndBroker } from './0004-cluster-and-broker.ts'
import { themes } from './0005-themes.ts'
import { emotes } from './0006-emotes.ts'
import { controls } from './0007-controls.ts'

/** In the order in which they are run; a name, once released, never changes. */
export const migrations: Record<string, Migration> = {
  '0001-rooms-and-messages': roomsAndMessages,
  '0002-accounts': accounts,
  '0003-presets-and-assets': presetsAndAssets,
  '0004-cluster-and-broker': clusterAndBroker,
  '0005-themes': themes,
  '0006-emotes': emotes,
  '0007-controls': controls,
}
