import { z } from 'zod'
import { speakerName } from './message.ts'
import { POSITIONS } from './sprites.ts'

/** `#rrggbb`; empty = the theme's own. */
const colour = z.union([z.string().regex(/^#[0-9a-f]{6}$/i), z.literal('')])
/** An asset's id; empty = none. */
const assetId = z.string().regex(/^[a-z0-9]{0,40}$/)

/** A picture of the speaker in one mood. `name` is what markup and slash commands call it by. */
const expression = z.strictObject({ name: z.string().trim().min(1).max(40), asset: assetId.min(1) })

/** The click of each character. */
const voice = z.strictObject({
  timbre: z.union([z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/), z.literal('')]),
  /** Semitones. */
  pitch: z.number().min(-24).max(24),
})

/** What a person sets of a speaker; a preset may leave all but the name as it is. */
export const speakerInput = z.strictObject({
  name: speakerName.min(1),
  color: colour.default(''),
  avatar: assetId.default(''),
  expressions: z.array(expression).max(64).default([]),
  /** Where the standing sprite stands. */
  position: z.enum(POSITIONS).default('left'),
  voice: voice.default({ timbre: '', pitch: 0 }),
  /** Times the room's speed of typing. */
  speed: z.number().min(0.1).max(10).default(1),
  /** A theme of its own; empty = the room's. */
  theme: z.string().max(64).default(''),
})
export type SpeakerInput = z.infer<typeof speakerInput>

export const speakerPatch = z.strictObject({
  name: speakerName.min(1).optional(),
  color: colour.optional(),
  avatar: assetId.optional(),
  expressions: z.array(expression).max(64).optional(),
  position: z.enum(POSITIONS).optional(),
  voice: voice.optional(),
  speed: z.number().min(0.1).max(10).optional(),
  theme: z.string().max(64).optional(),
})
export type SpeakerPatch = z.infer<typeof speakerPatch>

/** A stored preset. The list's order is the order of the number keys. */
export interface Speaker extends SpeakerInput {
  id: string
}

/** What players need of a speaker; pictures as addresses on the same server, empty = none. */
export interface SpeakerLook
  extends Pick<SpeakerInput, 'name' | 'color' | 'position' | 'voice' | 'speed' | 'theme'> {
  avatar: string
  expressions: { name: string; url: string }[]
}

/** Puts the presets in a new order: every id once. */
export const orderInput = z.strictObject({ ids: z.array(z.string().max(64)).max(5_000) })

/** The version of the file that {@link speakersFile} describes. */
export const SPEAKERS_FILE_VERSION = 1

/** Speakers as one file. Pictures travel inside it as data URLs, so that it stands alone. */
export const speakersFile = z.object({
  kind: z.literal('streaming-message/speakers'),
  version: z.literal(SPEAKERS_FILE_VERSION),
  speakers: z.array(speakerInput).max(1_000),
  /** By asset id: the picture's data URL. */
  assets: z.record(z.string(), z.string().startsWith('data:image/')).default({}),
})
export type SpeakersFile = z.infer<typeof speakersFile>
