import { useEffect } from 'react'
import { showTyping } from '../../api/messages.ts'
import { useDesk } from '../../desk/context.ts'

/** Milliseconds between two reports of what is being typed. */
const INTERVAL = 200
/** The server's limit for a typing text, UTF-16 units. */
const LONGEST = 2_000

/** Shows the audience what is being typed, where the room wants it. Slash commands are not for them. */
export function useTyping(): void {
  const desk = useDesk()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    let told = ''

    function tell(): void {
      timer = null
      const { text, speaker } = desk.draft.store.getState()
      const wanted = desk.room.store.getState().settings.showTyping
      const shown = wanted && !text.startsWith('/') ? text.slice(-LONGEST) : ''
      if (shown === told) return
      told = shown
      void showTyping(desk.request, desk.roomId, speaker.trim(), shown)
    }
    const unsubscribe = desk.draft.store.subscribe(() => {
      timer ??= setTimeout(tell, INTERVAL)
    })
    return () => {
      unsubscribe()
      if (timer) clearTimeout(timer)
      // Another room is sat down at: nobody goes on typing in this one.
      if (told !== '') void showTyping(desk.request, desk.roomId, '', '')
    }
  }, [desk])
}
