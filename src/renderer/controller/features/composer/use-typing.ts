import { useEffect } from 'react'
import { showTyping } from '../../api/messages.ts'
import { isPassing } from '../../api/request.ts'
import { useDesk } from '../../desk/context.ts'
import { parseCommand } from './commands.ts'
import { createTypingReports } from './typing-reports.ts'

/** The server's limit for a typing text, UTF-16 units. */
const LONGEST = 2_000

/** Shows the audience what is being typed, where the room wants it. Slash commands are not for them. */
export function useTyping(): void {
  const desk = useDesk()
  useEffect(() => {
    const reports = createTypingReports({
      read() {
        const { text, speaker } = desk.draft.store.getState()
        const wanted = desk.room.store.getState().settings.showTyping
        const command = parseCommand(text)
        const said = wanted && command.type === 'say' ? command.text : ''
        return { speaker: speaker.trim(), text: said.slice(-LONGEST) }
      },
      async send({ speaker, text }) {
        const answer = await showTyping(desk.request, desk.roomId, speaker, text)
        // Refused for good: it would be refused again.
        return { ok: answer.ok || !isPassing(answer.failure) }
      },
      later(run, delay) {
        const timer = setTimeout(run, delay)
        return () => clearTimeout(timer)
      },
    })
    const ends = [
      desk.draft.store.subscribe(reports.changed),
      // What is typed is taken off the screen when the room does not want it any more.
      desk.room.store.subscribe((state, before) => {
        if (state.settings.showTyping !== before.settings.showTyping) reports.changed()
      }),
    ]
    return () => {
      for (const end of ends) end()
      reports.stop()
    }
  }, [desk])
}
