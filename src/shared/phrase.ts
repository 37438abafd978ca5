import { z } from 'zod'
import { LIMITS } from './limits.ts'
import { speakerName, textBytes } from './message.ts'

const text = z.string().refine(value => textBytes(value) <= LIMITS.messageBytes, {
  message: `longer than ${LIMITS.messageBytes} bytes`,
  params: { reason: 'too-many-bytes', limit: LIMITS.messageBytes },
})

/** A line that is kept for use again. */
export const phraseInput = z.strictObject({
  /** Shown instead of the text; empty = the text itself. */
  title: z.string().trim().max(100).default(''),
  /** Markup; `{time}`, `{game}` and `{1}` are filled in when it is sent. */
  text: text.min(1),
  /** Empty = whoever speaks at the moment. */
  speaker: speakerName.default(''),
  /** Empty = in no folder. */
  folder: z.string().trim().max(60).default(''),
  /** `Alt+1` … as the controller writes it; empty = none. */
  hotkey: z.string().max(40).default(''),
})
export type PhraseInput = z.infer<typeof phraseInput>

export const phrasePatch = z.strictObject({
  title: z.string().trim().max(100).optional(),
  text: text.min(1).optional(),
  speaker: speakerName.optional(),
  folder: z.string().trim().max(60).optional(),
  hotkey: z.string().max(40).optional(),
})
export type PhrasePatch = z.infer<typeof phrasePatch>

/** A stored phrase. */
export interface Phrase extends PhraseInput {
  id: string
}

export const PHRASES_FILE_VERSION = 1

/** Phrases as one file. */
export const phrasesFile = z.object({
  kind: z.literal('streaming-message/phrases'),
  version: z.literal(PHRASES_FILE_VERSION),
  phrases: z.array(phraseInput).max(5_000),
})
export type PhrasesFile = z.infer<typeof phrasesFile>
