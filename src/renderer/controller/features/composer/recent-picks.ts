import type { EmoteLook } from '../../../../shared/emote.ts'
import type { Emoji } from './emoji.ts'

/** Picks that are remembered. */
const REMEMBERED = 36

/** What the picker remembers an emote by; an emoji goes by Unicode's number. */
export const emoteText = ({ name }: Pick<EmoteLook, 'name'>) => `:${name}:`

/** Puts what was just picked first. @param picked an emoji's id or an emote's text */
export const remember = (picked: string, before: readonly string[]): string[] =>
  [picked, ...before.filter(other => other !== picked)].slice(0, REMEMBERED)

/** @returns what was picked last, newest first, without what is there no more. */
export function recentPicks(
  remembered: readonly string[],
  emoji: readonly Emoji[],
  emotes: readonly EmoteLook[],
): (Emoji | EmoteLook)[] {
  const known = new Map<string, Emoji | EmoteLook>()
  for (const one of emoji) known.set(one.id, one)
  for (const one of emotes) known.set(emoteText(one), one)
  return remembered.flatMap(id => known.get(id) ?? [])
}

export const isEmote = (pick: Emoji | EmoteLook): pick is EmoteLook => 'url' in pick
