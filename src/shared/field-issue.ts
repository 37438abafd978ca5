import { z } from 'zod'

/** What can be wrong with a field, for pages that say it in their own language. */
export const FIELD_REASONS = [
  /** Absent or empty. */
  'missing',
  /** Of characters; `limit` is how many may or must be there. */
  'too-long',
  'too-short',
  /** Of items, counted the same way. */
  'too-many',
  'too-few',
  /** Of numbers; `limit` is the nearest that is taken. */
  'too-high',
  'too-low',
  /** Of bytes in UTF-8; `limit` is how many may be there. */
  'too-many-bytes',
  'characters',
  /** A value of another type. */
  'text-wanted',
  'number-wanted',
  'switch-wanted',
  'list-wanted',
  'object-wanted',
  /** A form of its own, which the field's documentation describes. */
  'colour',
  'emote-name',
  'picture-address',
  'class-name',
  'wrong-form',
  'not-offered',
  'unknown-field',
  'reserved',
  'past',
] as const

export type FieldReason = (typeof FIELD_REASONS)[number]

/** One entry of an error's `details`, where its reason is `invalid-input` and a field is to blame. */
export const fieldIssue = z.object({
  /** From the body, query or path inwards; array indices too. */
  path: z.array(z.string()),
  /** In English. */
  message: z.string(),
  /** Absent where none of them says it. */
  reason: z.enum(FIELD_REASONS).optional(),
  limit: z.number().optional(),
})

export type FieldIssue = z.infer<typeof fieldIssue>
