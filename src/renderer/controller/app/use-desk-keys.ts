import { useEffect } from 'react'
import { useDesk, usePreferences } from '../desk/context.ts'
import { focusComposer, takesTyping } from '../desk/focus.ts'
import { sayPhrase } from '../desk/say-phrase.ts'
import { isComposing, keyName } from '../lib/keys.ts'

/** Keys that work wherever the focus is: Alt+number picks a speaker, hotkeys send phrases, letters find the composer. */
export function useDeskKeys(): void {
  const desk = useDesk()
  const [{ variables }] = usePreferences()
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || isComposing(event)) return
      const name = keyName(event)
      if (!name) return
      if (applyHotkey(name, event.repeat)) {
        event.preventDefault()
        return
      }
      const isText =
        event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey
      if ((isText || name === 'Escape') && !takesTyping(document.activeElement)) focusComposer()
    }

    function applyHotkey(name: string, repeated: boolean): boolean {
      const phrase = desk.phrases.store.getState().items.find(item => item.hotkey === name)
      if (phrase) {
        // A key that is held down means one line, not thirty a second.
        if (repeated) return true
        sayPhrase(desk, phrase, variables)
        return true
      }
      const digit = /^Alt\+([1-9])$/.exec(name)?.[1]
      const picked = digit ? desk.speakers.store.getState().items[Number(digit) - 1] : undefined
      if (picked) desk.draft.setSpeaker(picked.name)
      return picked !== undefined
    }

    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [desk, variables])
}
