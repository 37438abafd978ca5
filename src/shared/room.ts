import { z } from 'zod'
import type { Scope } from './account.ts'
import { EASING_NAMES } from './easings.ts'
import { LAYOUTS } from './layouts.ts'

/** Milliseconds; a day at the most. */
const duration = z.number().int().min(0).max(86_400_000)
/** 0 (silent) to 1. */
const volume = z.number().min(0).max(1)
const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)

const look = z.strictObject({
  theme: identifier,
  /** Empty: the theme's first. */
  variant: z.union([identifier, z.literal('')]),
  /** Empty: the layout that the theme is made for. */
  layout: z.enum(['', ...LAYOUTS]),
  /** 1 = as designed for 1920x1080. */
  scale: z.number().min(0.25).max(4),
  /** The theme's custom properties that the room overrides, without the leading `--`. */
  tokens: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,63}$/), z.string().max(200)),
  /** The decorative bar of a dialogue box: words, `:icons:` (`bar-icons.ts`) and `|` for a gap; empty: none. */
  bar: z.string().max(200),
  /** The BCP 47 language of the lines, so that Chinese and Japanese characters take the right form. */
  language: z.string().regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/),
})

const typewriter = z.strictObject({
  /** Milliseconds a Latin character; one of Chinese or Japanese takes `cjkWeight` of them. 0 = at once. */
  charMs: z.number().min(0).max(1_000),
  cjkWeight: z.number().min(0.5).max(5),
  /** Extra milliseconds after a comma, and after the end of a sentence. */
  commaPauseMs: duration,
  sentencePauseMs: duration,
  /** How a character arrives. */
  effect: z.enum(['none', 'fade', 'rise', 'drop', 'blur']),
  effectMs: z.number().min(0).max(2_000),
  /** Times as far as that effect moves or blurs. */
  effectAmount: z.number().min(0).max(4),
  easing: z.enum(EASING_NAMES),
})

const queue = z.strictObject({
  /** What a new line does to the one on the screen. */
  policy: z.enum(['wait', 'replace', 'append']),
  /** Lines that may wait; past that `overflow` says which goes (`hurry`: none, lines are held shorter). */
  maxWaiting: z.number().int().min(1).max(1_000),
  overflow: z.enum(['hurry', 'drop-oldest', 'drop-newest']),
  /** Go on to the next line by itself. */
  autoAdvance: z.boolean(),
  /** A complete line stays at least this long, and so much longer a character, before the next. */
  holdMs: duration,
  holdPerCharMs: z.number().min(0).max(1_000),
  /** Hide the box when nothing has come for this long; 0 = never. */
  autoHideMs: duration,
  autoHidePerCharMs: z.number().min(0).max(1_000),
})

/** A voice of the synthesiser, on or off. */
const effectSound = z.strictObject({ enabled: z.boolean(), timbre: identifier, volume })

const speech = z.strictObject({
  enabled: z.boolean(),
  /** A voice's name as the browser lists it; empty = the browser's choice. */
  voice: z.string().max(200),
  rate: z.number().min(0.25).max(4),
  pitch: z.number().min(0).max(2),
  volume,
  /** Milliseconds from the line's beginning to the voice's. */
  delayMs: z.number().int().min(0).max(10_000),
  /** Characters that are left out. */
  ignored: z.string().max(200),
  /** Whether emoji, and emotes by their name, are read too. */
  emoji: z.boolean(),
})

/** How `/<room>/history` is laid out. */
const backlog = z.strictObject({
  newestFirst: z.boolean(),
  /** Pictures and names at the right. */
  mirrored: z.boolean(),
  names: z.boolean(),
  times: z.boolean(),
  /** When a line appears there: once it is sent, once the dialogue has typed it, or once it has left the dialogue. */
  appear: z.enum(['sent', 'typed', 'left']),
})

const scalars = {
  /** What becomes of text that does not fit the box. */
  longText: z.enum(['fit', 'scroll', 'page']),
  /** Show the audience what is being typed before it is sent. */
  showTyping: z.boolean(),
  /** Where the player shows that it lost the server (`auto`: on phones and in browsers, never in OBS). */
  connectionMark: z.enum(['auto', 'always', 'never']),
  /** Show 一言 sentences while the room is empty. */
  idleFallback: z.boolean(),
}

/** Everything about a room that players follow live. Unknown keys are refused, so that a typo is not swallowed. */
export const roomSettings = z.strictObject({
  look,
  typewriter,
  queue,
  sound: z.strictObject({ typing: effectSound, line: effectSound, speech }),
  backlog,
  ...scalars,
})
export type RoomSettings = z.infer<typeof roomSettings>

/** A change of some settings, merged by {@link mergeSettings}. */
export const roomSettingsPatch = z
  .strictObject({
    look: look.partial(),
    typewriter: typewriter.partial(),
    queue: queue.partial(),
    sound: z
      .strictObject({ typing: effectSound.partial(), line: effectSound.partial(), speech: speech.partial() })
      .partial(),
    backlog: backlog.partial(),
    ...scalars,
  })
  .partial()
export type RoomSettingsPatch = z.infer<typeof roomSettingsPatch>

/** A room as its controllers see it. */
export interface Room {
  id: string
  name: string
  /** The user it belongs to; null until the first account is made. */
  owner: string | null
  isDefault: boolean
  /** `key`: only with the watch key in the player's address. */
  access: 'open' | 'key'
  /** Shown to those who may manage the room only. */
  watchKey?: string | null
  settings: RoomSettings
  /** Counts up at each change; a PATCH that names an older one is answered with 409. */
  version: number
  /** Epoch milliseconds. */
  createdAt: number
  /** What the one who asks may do here; `manage` includes settings, sharing and the watch key. */
  may: Scope[]
}
