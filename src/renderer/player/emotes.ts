import type { EmoteLook } from '../../shared/emote.ts'
import { emoteKey } from '../../shared/emote-key.ts'
import type { Fragment } from '../../shared/fragments.ts'

/** The room's emotes, by name. */
export interface Emotes {
  set(emotes: readonly EmoteLook[]): void
  has(name: string): boolean
  /** Address of an emote's picture; undefined where there is none. */
  url(name: string): string | undefined
  /** Those that a line shows. */
  usedBy(fragments: readonly Fragment[]): EmoteLook[]
}

export function createEmotes(initial: readonly EmoteLook[] = []): Emotes {
  let byKey = new Map<string, EmoteLook>()
  function set(emotes: readonly EmoteLook[]): void {
    byKey = new Map(emotes.map(emote => [emoteKey(emote.name), emote]))
  }
  set(initial)
  const find = (name: string) => byKey.get(emoteKey(name))
  return {
    set,
    has: name => find(name) !== undefined,
    url: name => find(name)?.url,
    usedBy(fragments) {
      const used = new Set<EmoteLook>()
      for (const fragment of fragments) {
        const emote = 'emote' in fragment ? find(fragment.emote) : undefined
        if (emote) used.add(emote)
      }
      return [...used]
    },
  }
}
