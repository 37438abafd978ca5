import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { chooseLanguage, type Language } from './languages.ts'
import { type english, resources } from './words/index.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof english }
  }
}

/** @param liked the user's choice; empty: the browser's. */
export const resolveLanguage = (liked: Language | ''): Language =>
  liked || chooseLanguage(navigator.languages)

export async function setUpWords(language: Language): Promise<i18n> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  document.documentElement.lang = language
  return i18next
}

export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}
