/**
 * A line as the player shows it: fragments in reading order. Markup (`markup/parse.ts`), Echo-Live's formats
 * (`markup/echo-live.ts`) and API clients that send JSON all end here.
 *
 * The player imports only the types of this file, never its schemas: zod would use up its size budget.
 */
import { z } from 'zod'
import { EASING_NAMES } from './easings.ts'
import { ANIMATIONS, EFFECTS } from './markup/names.ts'
import { isClassName, isColour, isEmoteName, isImageUrl } from './markup/values.ts'
import { POSITIONS, REPEATS } from './sprites.ts'

const colour = z
  .string()
  .max(120)
  .refine(isColour, { message: 'a colour name, #hex, rgb() or hsl()', params: { reason: 'colour' } })

/** Shadow of the text; lengths in em. */
const shadow = z.strictObject({
  x: z.number().min(-2).max(2),
  y: z.number().min(-2).max(2),
  blur: z.number().min(0).max(2),
  color: colour,
})

export const styleSchema = z.strictObject({
  bold: z.literal(true).optional(),
  italic: z.literal(true).optional(),
  underline: z.literal(true).optional(),
  strike: z.literal(true).optional(),
  /** East Asian emphasis dots. */
  dots: z.literal(true).optional(),
  color: colour.optional(),
  background: colour.optional(),
  /** Colours of the rainbow, moving. */
  rainbow: z.literal(true).optional(),
  /** Two to six colours that run through the text. */
  gradient: z.array(colour).min(2).max(6).optional(),
  /** They run from the top of the letters down instead of along the line. */
  gradientDown: z.literal(true).optional(),
  /** A light runs over the letters, as over metal. */
  gleam: z.literal(true).optional(),
  /** Times the size of the line. */
  size: z.number().min(0.25).max(4).optional(),
  /** CSS font weight. */
  weight: z.number().int().min(1).max(1000).optional(),
  /** Letter spacing in em. */
  spacing: z.number().min(-0.5).max(3).optional(),
  /** Width of the letters in per cent, where the font has such widths. */
  stretch: z.number().min(50).max(200).optional(),
  shadow: shadow.optional(),
  animation: z.enum(ANIMATIONS).optional(),
  /** How strong the animation is: 1 gentle, 2 normal, 3 wild. */
  strength: z.number().int().min(1).max(3).optional(),
  /** Times the speed of typing: 2 is twice as fast. */
  speed: z.number().min(0.05).max(50).optional(),
  /** Milliseconds a unit (a Latin letter; a Chinese character is two) instead of the room's; 0 shows at once. */
  tick: z.number().min(0).max(10_000).optional(),
  /** Classes that a theme styles; shown as `text-NAME`. */
  classes: z
    .array(z.string().refine(isClassName, { params: { reason: 'class-name' } }))
    .min(1)
    .max(8)
    .optional(),
})
export type Style = z.infer<typeof styleSchema>

const styled = { style: styleSchema.optional() }

const textFragment = z.strictObject({
  text: z.string(),
  ...styled,
  /** Reading shown above the text. */
  ruby: z.string().optional(),
  /** Raw keystrokes that turn into `text`, as an input method does; an apostrophe is typed with the key after it. */
  typed: z.string().optional(),
})

const emoteFragment = z.strictObject({
  emote: z.string().refine(isEmoteName, { params: { reason: 'emote-name' } }),
  ...styled,
})

const length = z.number().min(0).max(20).optional()
/** An image in the text; lengths in em, capped by the room's setting. */
const imageFragment = z.strictObject({
  image: z.strictObject({
    url: z.string().refine(isImageUrl, { params: { reason: 'picture-address' } }),
    alt: z.string().optional(),
    width: length,
    height: length,
    maxWidth: length,
    maxHeight: length,
    minWidth: length,
    minHeight: length,
    marginLeft: length,
    marginRight: length,
    pixelated: z.literal(true).optional(),
  }),
  ...styled,
})

/** A command to the standing sprite; what names mean is the sprite's own manifest's matter. */
const sprite = z.strictObject({
  /** Which sprite; absent: the speaker's own. */
  name: z.string().max(64).optional(),
  expression: z.string().max(64).optional(),
  position: z.enum(POSITIONS).optional(),
  scene: z.string().max(32).optional(),
  /** Times its size, from where it stands. */
  size: z.number().min(0.02).max(5).optional(),
  /** How far it is moved to the right and down, in per cent of the stage's width and height. */
  x: z.number().min(-100).max(100).optional(),
  y: z.number().min(-100).max(100).optional(),
  /** A picture of its own instead of a registered sprite. */
  url: z
    .string()
    .refine(isImageUrl, { params: { reason: 'picture-address' } })
    .optional(),
  /** The picture fills the stage in a row, a column or both ways. */
  repeat: z.enum(REPEATS).optional(),
  /** How it comes, and for how long in ms. */
  effect: z.string().max(32).optional(),
  duration: z.number().min(0).max(10_000).optional(),
  /** Times as far as that effect moves. */
  amount: z.number().min(0).max(4).optional(),
  /** The curve of its movement. */
  easing: z.enum(EASING_NAMES).optional(),
  hide: z.literal(true).optional(),
})
export type SpriteCommand = z.infer<typeof sprite>

export const fragmentSchema = z.union([
  textFragment,
  emoteFragment,
  imageFragment,
  /** Milliseconds of silence. */
  z.strictObject({ pause: z.number().min(0).max(60_000) }),
  /** From here on somebody else speaks. */
  z.strictObject({ speaker: z.string().max(200) }),
  z.strictObject({ effect: z.enum(EFFECTS) }),
  z.strictObject({ sprite }),
  /** Go on to the next line as soon as this one is typed, without its hold time. */
  z.strictObject({ next: z.literal(true) }),
])
export type Fragment = z.infer<typeof fragmentSchema>
export type TextFragment = z.infer<typeof textFragment>
export type ImageFragment = z.infer<typeof imageFragment>

/** One page of dialogue: what stands in the box at one time. */
export const lineSchema = z.strictObject({
  fragments: z.array(fragmentSchema),
  /** Speaker of this line, where it is not the message's. */
  speaker: z.string().max(200).optional(),
  /** Milliseconds a unit for the whole line. */
  tick: z.number().min(0).max(10_000).optional(),
})
export type Line = z.infer<typeof lineSchema>
