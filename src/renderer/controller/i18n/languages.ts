/** BCP 47. English is the source; the others say the same as a native would. */
export const LANGUAGES = ['en', 'zh-CN', 'ja'] as const
export type Language = (typeof LANGUAGES)[number]

/** Each language's name in itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', 'zh-CN': '简体中文', ja: '日本語' }

/** @param wanted the browser's languages, the liked one first. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    if (/^zh/i.test(tag)) return 'zh-CN'
    if (/^ja/i.test(tag)) return 'ja'
    if (/^en/i.test(tag)) return 'en'
  }
  return 'en'
}
