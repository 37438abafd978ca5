import { app } from 'electron'

/** Longer than this a stop is stuck; what was answered with 202 is in the database by then. */
const PATIENCE_MS = 5_000

/** Quits only once everything is written down and the players were told to come back. */
export function stopInOrder(stop: () => Promise<void>): void {
  let stopping = false
  app.on('will-quit', event => {
    if (stopping) return
    stopping = true
    event.preventDefault()
    const patience = new Promise(late => setTimeout(late, PATIENCE_MS).unref())
    // Not `quit` again: that would ask the windows once more.
    const leave = () => app.exit(0)
    Promise.race([stop(), patience]).then(leave, leave)
  })
}
