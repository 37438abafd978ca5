import { useTranslation } from 'react-i18next'
import type { ThemeLabel } from '../../../shared/theme.ts'
import type { Language } from '../i18n/languages.ts'

const KEYS: Record<Language, keyof ThemeLabel> = { en: 'en', 'zh-CN': 'zh', ja: 'ja' }

/** A theme brings its own words in the three languages. */
export function useThemeLabel(): (label: ThemeLabel) => string {
  const { i18n } = useTranslation()
  return label => label[KEYS[i18n.language as Language] ?? 'en']
}
