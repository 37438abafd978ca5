/**
 * Emotes: pictures that a line calls by name, `:smile:` or `:cats:smile:`.
 *
 * The player imports only the types of this file, never its schemas; what it runs stands in `emote-key.ts`.
 */
import { z } from 'zod'
import { isEmoteName } from './markup/values.ts'

/** Emotes that one owner may keep. */
export const MAX_EMOTES = 1_000

/** `name` or `pack:name` as it is typed between colons. The server keeps it in Unicode's composed form (NFC). */
export const emoteName = z
  .string()
  .trim()
  .normalize('NFC')
  .refine(isEmoteName, {
    message: 'name or pack:name of letters of any script, digits, "_", "-", "+" and ".", 64 at most',
    params: { reason: 'emote-name' },
  })

/** A stored emote, as its owner sees it. */
export interface Emote {
  id: string
  /** `smile`, or `cats:smile` where it belongs to a pack. */
  name: string
  /** Id of its picture among the assets. */
  asset: string
  /** Address of the picture on this server. */
  url: string
  /** Epoch milliseconds. */
  createdAt: number
}

/** What players and controllers of a room need of an emote. */
export type EmoteLook = Pick<Emote, 'name' | 'url'>
