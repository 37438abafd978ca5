import { phraseInput, phrasePatch } from '../../../shared/phrase.ts'
import { speakerInput, speakerPatch } from '../../../shared/speaker.ts'
import type { Assets } from '../assets/index.ts'
import type { Route } from '../http/route.ts'
import type { Rooms } from '../rooms/index.ts'
import type { Hub } from '../sse/index.ts'
import type { Database } from '../store/index.ts'
import { presetFileRoutes } from './files.ts'
import { createLooks, type Looks } from './looks.ts'
import { createPresets } from './presets.ts'
import { presetRoutes } from './routes.ts'

const SPEAKERS = 500
const PHRASES = 5_000

/** What a streamer keeps for use again: speakers and phrases. */
export function createPresetFeature(parts: {
  db: Database
  assets: Assets
  rooms: Rooms
  hub: Hub
  /** Told when speakers changed. */
  looksChanged(): void
}): {
  routes: Route[]
  looks: Looks
} {
  const { db, assets, rooms, hub } = parts
  const speakers = createPresets({
    db,
    kind: 'speaker',
    schema: speakerInput,
    limit: SPEAKERS,
    changed() {
      looks.changed()
      parts.looksChanged()
    },
  })
  const phrases = createPresets({ db, kind: 'phrase', schema: phraseInput, limit: PHRASES, changed() {} })
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
