import { z } from 'zod'
import { LIMITS } from './limits.ts'
import { lineLook } from './line-look.ts'

const encoder = new TextEncoder()

/** Where the objects in a message hold its text, in all the shapes that `markup/read-message.ts` takes. */
const TEXT_KEYS = ['text', 'ruby', 'typed', 'fragments', 'message', 'typewrite'] as const

/** UTF-8 bytes of the texts in a value of `data.message` or `data.messages`, whatever its shape. */
export function textBytes(value: unknown): number {
  if (typeof value === 'string') return encoder.encode(value).length
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textBytes(item), 0)
  if (typeof value !== 'object' || value === null) return 0
  return TEXT_KEYS.reduce((sum, key) => sum + textBytes((value as Record<string, unknown>)[key]), 0)
}

/** UTF-8 bytes of a message's text: its own lines, and Echo-Live's. */
export function messageBytes({ message, messages }: { message?: unknown; messages?: unknown }): number {
  return textBytes(message) + textBytes(messages)
}

/** A speaker's name. Line breaks and control characters would break the name plate and the log alike. */
export const speakerName = z
  .string()
  .trim()
  .max(LIMITS.speakerLength)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'control characters are not allowed')

/**
 * The free-form payload of a message; `message` is the text by convention (the seed's shape).
 * A string is markup unless `format` says otherwise; lines of fragments come from programs.
 */
export const messageData = z
  .looseObject({
    message: z
      .union([z.string(), z.array(z.unknown()).max(1_000), z.looseObject({ text: z.string() })])
      .optional(),
    format: z.enum(['markup', 'plain', 'echo-live']).optional(),
    look: lineLook.optional(),
  })
  .refine(data => messageBytes(data) <= LIMITS.messageBytes, {
    path: ['message'],
    message: `the text is longer than ${LIMITS.messageBytes} bytes`,
    params: { error: 'too-large', reason: 'too-many-bytes', limit: LIMITS.messageBytes },
  })

export type MessageData = z.infer<typeof messageData>

/** What a publisher may say of one line. */
export const publishInput = z.object({
  speaker: speakerName.default(''),
  data: messageData.default({}),
  meta: z.unknown().optional(),
  /** Show it only on players of this label; several and exceptions: `left,right`, `-phone` (`target.ts`). */
  label: z
    .string()
    .max(LIMITS.targetLength)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'control characters are not allowed')
    .optional(),
})

export type PublishInput = z.infer<typeof publishInput>

/** `streaming`: deltas will follow until one is final. */
export type MessageStatus = 'complete' | 'streaming'

/** A published line, as stored and as sent. */
export interface Message {
  /** `<epoch>-<seq>`: also the id of the event that announced it. */
  id: string
  room: string
  speaker: string
  data: MessageData
  /** Epoch milliseconds, by the server's clock. */
  time: number
  meta: unknown
  status: MessageStatus
  /** Only these players show it (`isFor` of `target.ts`). */
  label?: string
}
