import { z } from 'zod'
import { LIMITS } from './limits.ts'

const text = z.string().max(LIMITS.problemText)
const named = <Code extends string>(code: Code) => z.object({ code: z.literal(code), name: text })

/** What a player could not show or let be heard, for pages that say it in their own language. */
export const playerProblem = z.discriminatedUnion('code', [
  /** `name` is an address. */
  named('picture-broken'),
  named('sound-broken'),
  /** An emote that is there, but whose picture is not. */
  named('emote-broken'),
  named('emote-unknown'),
  named('sound-unknown'),
  named('theme-unknown'),
  named('theme-broken'),
  /** A font that the room names and the player's computer has not. */
  named('font-missing'),
  named('effect-unknown'),
  /** A tag, or a style of a fragment, as it was written. */
  named('style-unknown'),
  z.object({ code: z.literal('expression-unknown'), name: text, speaker: text }),
  /** A property of the theme with a value that it can't have. */
  z.object({ code: z.literal('property-refused'), name: text, value: text }),
  /** Nothing there to read aloud with. */
  z.object({ code: z.literal('voice-missing') }),
  /** Lines that are never shown because too many waited, in all. */
  z.object({ code: z.literal('lines-dropped'), count: z.int().min(1) }),
])

export type PlayerProblem = z.infer<typeof playerProblem>

/** Told by whatever in a player meets a problem. */
export type TellProblem = (problem: PlayerProblem) => void
