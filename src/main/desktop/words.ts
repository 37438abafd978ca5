import type { ObsFailure } from '../../preload/bridge.ts'
import { en } from './words/en.ts'
import { ja } from './words/ja.ts'
import { zh } from './words/zh.ts'

export type Words = typeof en
export type NoticeCode = keyof Words['notices']
export type { ObsFailure }

const LANGUAGES = { en, zh, ja }

/** @param language the setting, empty for the system's; `locale` is the system's, like `zh-CN` */
export function wordsFor(language: '' | keyof typeof LANGUAGES, locale: string): Words {
  return LANGUAGES[languageFor(language, locale)]
}

export function languageFor(language: '' | keyof typeof LANGUAGES, locale: string): keyof typeof LANGUAGES {
  if (language !== '') return language
  if (locale.startsWith('zh')) return 'zh'
  return locale.startsWith('ja') ? 'ja' : 'en'
}

/** What has a name in each language (a window, an action, a reason of ours) is a parameter by its key. */
export function inWords(params: Record<string, string>, words: Words): Record<string, string> {
  const { window, action, reason } = params
  return {
    ...params,
    ...(window && { window: nameIn(words.windows, window) }),
    ...(action && { action: actionIn(words, action) }),
    ...(reason && { reason: fill(nameIn(words.reasons, reason), params) }),
  }
}

function actionIn({ actions, phrase }: Words, action: string): string {
  const number = /^phrase\.(\d+)$/.exec(action)?.[1]
  return number === undefined ? nameIn(actions, action) : fill(phrase, { number })
}

function nameIn(names: Record<string, string>, key: string): string {
  return names[key] ?? key
}

/** What an overlay is called: in its frame, and in the controller's list of players. */
export function overlayName<Overlay extends { id: string; name: string }>(
  all: Overlay[],
  overlay: Overlay,
  words: Words,
): string {
  const number = all.findIndex(one => one.id === overlay.id) + 1
  return overlay.name || fill(words.overlay, { number: String(number) })
}

/** Puts `{name}` in. */
export function fill(text: string, params: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole)
}
