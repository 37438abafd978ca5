import { useEffect, useRef } from 'react'
import { parseRoomId } from '../../../shared/ids.ts'
import type { Phrase } from '../../../shared/phrase.ts'
import { useDesk, usePreferences } from '../desk/context.ts'
import { expandPhrase, openVariables } from '../desk/phrase-text.ts'
import { toAccelerator } from '../lib/accelerator.ts'
import { desktopBridge } from '../lib/bridge.ts'
import type { AppLocation } from './location.ts'

/** Phrases that the app takes. */
const PHRASE_KEYS = 24

/** Phrases with a key that the app can send by itself, over a game: what changes with the time is left out. */
export function globalPhrases(phrases: Phrase[], variables: Record<string, string>) {
  return phrases
    .filter(
      ({ hotkey, text }) =>
        hotkey !== '' && !/\{(time|date)\}/.test(text) && openVariables(text, variables).length === 0,
    )
    .slice(0, PHRASE_KEYS)
    .map(({ hotkey, speaker, text }) => ({
      accelerator: toAccelerator(hotkey),
      speaker,
      text: expandPhrase(text, { variables, now: new Date(0) }).slice(0, 8_000),
    }))
}

/** Keeps the desktop app in step with the desk: its room, its language, its phrases; and goes where the app asks. */
export function useDesktop(location: AppLocation): void {
  const desk = useDesk()
  const [{ variables, language }] = usePreferences()
  const desktop = desktopBridge()

  useEffect(
    () =>
      desktop?.on('openRoom', ({ room }) => {
        const id = parseRoomId(room)
        if (id) location.go({ section: 'live', room: id })
      }),
    [desktop, location],
  )
  useEffect(() => {
    void desktop?.call('settings.change', { general: { room: desk.roomId } })
  }, [desktop, desk])
  /** What the app was told last. At first it goes by its own setting: another browser's storage knows nothing of it. */
  const told = useRef<string>('')
  useEffect(() => {
    if (language === told.current) return
    told.current = language
    void desktop?.call('settings.change', { general: { language: language === 'zh-CN' ? 'zh' : language } })
  }, [desktop, language])
  useEffect(() => {
    if (!desktop) return
    let sent = ''
    const tell = () => {
      const { items, loaded } = desk.phrases.store.getState()
      const phrases = globalPhrases(items, variables)
      const text = JSON.stringify(phrases)
      if (!loaded || text === sent) return
      sent = text
      void desktop.call('settings.change', { phrases })
    }
    tell()
    return desk.phrases.store.subscribe(tell)
  }, [desktop, desk, variables])
}
