import { phraseInput, phrasePatch } from '../../../shared/phrase.ts'
import { speakerInput, speakerPatch } from '../../../shared/speaker.ts'
import type { Assets } from '../assets/index.ts'
import type { Bus } from '../backplane/bus.ts'
import type { Route } from '../http/route.ts'
import type { Rooms } from '../rooms/index.ts'
import type { Hub } from '../sse/index.ts'
import type { Store } from '../store/index.ts'
import { announcePresets } from './announce.ts'
import { presetFileRoutes } from './files.ts'
import { createLooks, type Looks } from './looks.ts'
import { createPresets } from './presets.ts'
import { presetRoutes } from './routes.ts'

const SPEAKERS = 500
const PHRASES = 5_000

/** What a streamer keeps for use again: speakers and phrases. */
export function createPresetFeature(parts: {
  store: Pick<Store, 'db' | 'kind'>
  assets: Assets
  rooms: Rooms
  hub: Hub
  bus: Bus
  /** Told when speakers changed. */
  looksChanged(): void
}): {
  routes: Route[]
  looks: Looks
} {
  const { store, assets, rooms, hub } = parts
  const announce = announcePresets(hub, parts.bus)
  const speakers = createPresets({
    store,
    kind: 'speaker',
    schema: speakerInput,
    limit: SPEAKERS,
    changed() {
      looks.changed()
      parts.looksChanged()
      announce('speakers')
    },
  })
  const phrases = createPresets({
    store,
    kind: 'phrase',
    schema: phraseInput,
    limit: PHRASES,
    changed: () => announce('phrases'),
  })
  const looks = createLooks({ speakers, rooms, hub })
  return {
    looks,
    routes: [
      ...presetFileRoutes({ speakers, phrases, assets }),
      ...presetRoutes({
        presets: speakers,
        plural: 'speakers',
        singular: 'speaker',
        input: speakerInput,
        patch: speakerPatch,
      }),
      ...presetRoutes({
        presets: phrases,
        plural: 'phrases',
        singular: 'phrase',
        input: phraseInput,
        patch: phrasePatch,
      }),
    ],
  }
}
