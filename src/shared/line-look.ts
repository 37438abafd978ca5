/**
 * What one message may say of how its speaker looks and sounds (`data.look`). It goes before the speaker's preset,
 * which players know already, and holds for this message only.
 *
 * The player imports only the types of this file, never its schemas.
 */

import { z } from 'zod'
import { isColour, isImageUrl } from './markup/values.ts'
import { POSITIONS, SCENES } from './sprites.ts'

const picture = z.string().refine(isImageUrl, {
  message: 'an http(s) address, a path of this server, or a data: picture',
  params: { reason: 'picture-address' },
})
/** The name of an expression, of a timbre. */
const name = z.string().max(64)

/** A recorded sound: a path of this server, or a short one inside the message. */
const sample = z
  .string()
  .max(700_000)
  .regex(/^(?:\/(?!\/)[^\s"'<>\\]*|data:audio\/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=]+)$/i)

const voice = z.strictObject({
  /** A timbre of the synthesiser; empty = the room's. */
  timbre: name.optional(),
  /** Semitones. */
  pitch: z.number().min(-24).max(24).optional(),
  /** A recorded click instead of a synthesised one. */
  sample: sample.optional(),
})

export const lineLook = z.strictObject({
  color: z
    .string()
    .max(120)
    .refine(isColour, { params: { reason: 'colour' } })
    .optional(),
  /** The small picture beside the name. */
  avatar: picture.optional(),
  /** The standing sprite; absent = the picture of the expression. */
  sprite: picture.optional(),
  /** Standing sprites by mood. */
  expressions: z.record(name, picture).optional(),
  expression: name.optional(),
  position: z.enum(POSITIONS).optional(),
  scene: z.enum(SCENES).optional(),
  voice: voice.optional(),
})
export type LineLook = z.infer<typeof lineLook>
