import { useEffect } from 'react'
import { useDesk } from '../../desk/context.ts'
import { readableText } from '../../desk/message-text.ts'
import { isReadyForNext } from './autoplay.ts'
import { useRelease } from './use-release.ts'

/** Milliseconds between two looks at the stage while the queue plays by itself. */
const LOOK = 250

/** Sends held lines by themselves, each when the audience is done with the one before. */
export function useAutoplay(): void {
  const desk = useDesk()
  const release = useRelease()
  useEffect(() => {
    const timer = setInterval(() => {
      if (!desk.held.store.getState().playing) return
      const { players, paused, clockOffset } = desk.players.store.getState()
      const { typewriter, queue } = desk.room.store.getState().settings
      const newest = desk.transcript.store.getState().messages.at(-1)
      const length = newest ? readableText(newest.data).length : 0
      const reading = queue.holdMs + length * (queue.holdPerCharMs + typewriter.charMs * typewriter.cjkWeight)
      const ready = isReadyForNext(
        {
          players,
          newest: newest?.id ?? null,
          age: newest ? Date.now() + clockOffset - newest.time : 0,
          unsent: desk.outbox.store.getState().entries.filter(entry => entry.state !== 'refused').length,
          paused,
        },
        reading,
      )
      if (ready) release()
    }, LOOK)
    return () => clearInterval(timer)
  }, [desk, release])
}
