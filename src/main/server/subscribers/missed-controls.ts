import type { RoomSettings } from '../../../shared/room.ts'
import type { StoredControl } from '../backplane/index.ts'
import { Frame, type Subscriber } from '../sse/index.ts'

/**
 * What of the controls a page needs that comes back. Whether the box is seen and goes on is in `hello`. Lines that
 * advance by themselves did so on that page too: "next" would take it beyond the others.
 */
export function neededControls(
  controls: readonly StoredControl[],
  { queue }: RoomSettings,
  paused: boolean,
): StoredControl[] {
  const advances = queue.autoAdvance && !paused
  return controls.filter(
    ({ event: { action } }) => action === 'clear' || (!advances && (action === 'next' || action === 'skip')),
  )
}

/** Sends those that belong before what comes after this `seq`, and takes them off the list. */
export function sendControls(subscriber: Subscriber, controls: StoredControl[], upTo: number): void {
  while (controls[0] !== undefined && controls[0].after <= upTo) {
    const { event, number } = controls.shift()!
    subscriber.send(Frame.of({ event: 'control', data: JSON.stringify({ ...event, number }) }))
  }
}

/** @returns the frame cut where a control belongs; `before` each part come those up to this `seq`. */
export function partsAround(
  frame: Frame,
  controls: readonly StoredControl[],
): { frame: Frame; before: number }[] {
  const seqs = frame.events.map(({ id }) => Number(id!.slice(id!.lastIndexOf('-') + 1)))
  const last = seqs.at(-1) ?? 0
  const places = controls.map(({ after }) => after).filter(after => after < last)
  if (places.length === 0) return [{ frame, before: 0 }]
  const parts: { frame: Frame; before: number }[] = []
  let start = 0
  for (let index = 1; index <= seqs.length; index++) {
    const isEnd = index === seqs.length
    if (!isEnd && !places.some(after => after >= seqs[index - 1]! && after < seqs[index]!)) continue
    parts.push({ frame: Frame.of(...frame.events.slice(start, index)), before: seqs[start]! - 1 })
    start = index
  }
  return parts
}
