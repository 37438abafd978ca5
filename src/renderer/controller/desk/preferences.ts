import { z } from 'zod'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { LANGUAGES } from '../i18n/languages.ts'
import type { JsonStorage } from '../lib/storage.ts'

const preferences = z.object({
  /** Empty: the browser's. */
  language: z.enum(['', ...LANGUAGES]).catch(''),
  scheme: z.enum(['auto', 'day', 'night']).catch('auto'),
  /** What sends; the other key makes a new line. */
  sendKey: z.enum(['enter', 'ctrl-enter']).catch('enter'),
  /** A text of several lines becomes as many messages. */
  lineEach: z.boolean().catch(true),
  toolbar: z.boolean().catch(true),
  /** Times the room's speed for the lines that are sent from here. */
  lineSpeed: z.number().min(0.25).max(4).catch(1),
  /** Quote marks around each line that is sent from here. */
  quotes: z.boolean().catch(false),
  quoteBefore: z.string().max(20).catch('「'),
  quoteAfter: z.string().max(20).catch('」'),
  /** A phone answers a send with a short buzz. */
  vibrate: z.boolean().catch(true),
  /** What stands in the composer after each send; `{cursor}` is where the caret goes. */
  template: z.string().max(500).catch(''),
  /** Unicode's numbers of the emoji used last, and emotes as `:name:`; newest first. */
  recentEmoji: z.array(z.string().max(66)).max(100).catch([]),
  /** 0: none; 1 to 5: from light to dark. */
  skinTone: z.int().min(0).max(5).catch(0),
  /** `#rrggbb`, newest first. */
  recentColours: z
    .array(z.string().regex(/^#[0-9a-f]{6}$/i))
    .max(100)
    .catch([]),
  /** What stands behind the live preview. */
  ground: z.enum(['checker', 'dark', 'light', 'scene']).catch('checker'),
  preview: z.boolean().catch(true),
  /** `{game}` and other variables of phrases. */
  variables: z.record(z.string(), z.string()).catch({}),
  /** The three steps of the first run are done or put away. */
  welcomed: z.boolean().catch(false),
})
export type Preferences = z.infer<typeof preferences>

export interface PreferenceStore {
  store: StoreApi<Preferences>
  set(part: Partial<Preferences>): void
}

const KEY = 'preferences'

/** What this person likes on this device. */
export function createPreferences(storage: JsonStorage): PreferenceStore {
  const read = () => storage.read(KEY, preferences)
  const store = createStore<Preferences>()(() => read() ?? preferences.parse({}))
  /** False: the browser keeps nothing (any more), so that its copy is older than ours. */
  let kept = true
  return {
    store,
    set(part) {
      // Built upon what is stored: another page of this browser may have changed something else.
      store.setState({ ...(kept && read()), ...part })
      kept = storage.write(KEY, store.getState())
    },
  }
}
