import type { Language } from '../../i18n/languages.ts'

/** One emoji as the picker knows it. */
export interface Emoji {
  /** Unicode's number for it, without skin tone: what is remembered. */
  id: string
  text: string
  /** Its name in the language of the page. */
  name: string
  group: EmojiGroup
  /** From light to dark; empty where it has none. */
  tones: string[]
  /** Its names and all else that it can be found by, in all languages, small letters. */
  names: string[]
  words: string[]
}

/** Unicode's groups in its order; `component` (hair, skin) is none to pick from. */
export const EMOJI_GROUPS = [
  'smileys',
  'people',
  'animals',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const
export type EmojiGroup = (typeof EMOJI_GROUPS)[number]

/** By the number that the data gives them. */
const GROUPS: (EmojiGroup | null)[] = [
  'smileys',
  'people',
  null,
  'animals',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
]

/** What we read of emojibase's compact form (names and keywords are those of the Unicode CLDR). */
export interface CompactEmoji {
  hexcode: string
  unicode: string
  label: string
  group?: number
  order?: number
  tags?: string[]
  emoticon?: string | string[]
  skins?: { unicode: string }[]
}

const lower = (text: string) => text.toLowerCase()

/**
 * @param own the data in the language of the page
 * @param others in other languages: found by, not shown
 */
function joinEmoji(own: CompactEmoji[], others: CompactEmoji[][]): Emoji[] {
  const found = others.map(list => new Map(list.map(emoji => [emoji.hexcode, emoji])))
  return own
    .filter(({ group }) => group !== undefined && GROUPS[group])
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map(emoji => ({
      emoji,
      all: [emoji, ...found.flatMap(list => list.get(emoji.hexcode) ?? [])],
    }))
    .map(({ emoji, all }) => ({
      id: emoji.hexcode,
      text: emoji.unicode,
      name: emoji.label,
      group: GROUPS[emoji.group!]!,
      // Five tones; hands of two people have twenty-five, of which the first of each row is alike.
      tones: emoji.skins?.length === 5 ? emoji.skins.map(skin => skin.unicode) : [],
      names: all.map(({ label }) => lower(label)),
      words: all.flatMap(({ tags = [], emoticon = [] }) => [...tags, ...[emoticon].flat()]).map(lower),
    }))
}

/** @returns those that match every word of the query; those that bear it as their name come first. */
export function searchEmoji(all: Emoji[], query: string): Emoji[] {
  const wanted = lower(query.trim())
  const parts = wanted.split(/\s+/)
  const matches = ({ names, words }: Emoji) =>
    parts.every(part => [...names, ...words].some(text => text.includes(part)))
  const rank = ({ names, words }: Emoji) => {
    if (names.includes(wanted)) return 0
    if (names.some(name => name.startsWith(wanted))) return 1
    return words.includes(wanted) ? 2 : 3
  }
  return all
    .filter(matches)
    .map(emoji => ({ emoji, rank: rank(emoji) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ emoji }) => emoji)
}

const loaders: Record<Language, () => Promise<{ default: unknown }>> = {
  en: () => import('emojibase-data/en/compact.json'),
  'zh-CN': () => import('emojibase-data/zh/compact.json'),
  ja: () => import('emojibase-data/ja/compact.json'),
}

/** Fetched when the picker is first opened; all languages, because people search in more than one. */
export async function loadEmoji(language: Language): Promise<Emoji[]> {
  const read = async (name: Language) => (await loaders[name]()).default as CompactEmoji[]
  const names = Object.keys(loaders) as Language[]
  const [own, ...others] = await Promise.all([language, ...names.filter(name => name !== language)].map(read))
  return joinEmoji(own!, others)
}
