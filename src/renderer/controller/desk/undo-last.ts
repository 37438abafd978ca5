import { lineKey } from './line-key.ts'
import type { Outbox } from './outbox.ts'
import type { Players } from './players.ts'
import type { Transcript } from './transcript.ts'

interface UndoParts {
  outbox: Pick<Outbox, 'store' | 'remove'>
  transcript: Pick<Transcript, 'store'>
  players: Pick<Players, 'store'>
  retract(id: string): Promise<unknown>
}

/** Milliseconds for which the stream is waited for, to tell of a line that the server has answered. */
const PATIENCE = 10_000

/**
 * Takes back the newest line: one that still waits is never sent, one that is published is retracted. One that is on its
 * way is waited for: nobody knows yet which of the two it is, and the line before it is not meant. One that was refused
 * is the newest until another is published. Lines of programs (a bot that shows the audience's chat) count only where no
 * controller has sent any.
 */
export async function undoLast({ outbox, transcript, players, retract }: UndoParts): Promise<void> {
  const newest = outbox.store.getState().entries.at(-1)
  const { messages } = transcript.store.getState()
  const last = messages.findLast(message => lineKey(message) !== undefined) ?? messages.at(-1)
  const { clockOffset } = players.store.getState()
  const isPast = newest?.state === 'refused' && last && last.time > newest.time + clockOffset
  if (!newest || isPast) {
    if (last) await retract(last.id)
    return
  }
  const { key } = newest
  const entry = () => outbox.store.getState().entries.find(one => one.key === key)
  const published = () => transcript.store.getState().messages.find(message => lineKey(message) === key)
  const isSettled = () => published() !== undefined || (entry() !== undefined && entry()!.state !== 'sending')
  await until(isSettled, [outbox.store, transcript.store])
  outbox.remove(key)
  const message = published()
  if (message) await retract(message.id)
}

function until(
  condition: () => boolean,
  stores: { subscribe(listener: () => void): () => void }[],
): Promise<void> {
  if (condition()) return Promise.resolve()
  return new Promise(resolve => {
    const look = () => {
      if (condition()) end()
    }
    const ends = stores.map(store => store.subscribe(look))
    const timer = setTimeout(end, PATIENCE)
    function end(): void {
      clearTimeout(timer)
      for (const stop of ends) stop()
      resolve()
    }
  })
}
