/** English counts one and other; Chinese and Japanese have one form for every number. */
type WithoutOne<Key> = Key extends `${string}_one` ? never : Key

/**
 * The words of one part of the controller, the three languages side by side so that they can be read together.
 * A key that one of them lacks, or has too much, is a type error.
 */
export function defineWords<English extends Record<string, string>>(words: {
  en: English
  'zh-CN': Record<WithoutOne<keyof English>, string>
  ja: Record<WithoutOne<keyof English>, string>
}) {
  return words
}
