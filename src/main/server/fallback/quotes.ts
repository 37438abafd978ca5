import type { MetaEvent } from '../../../shared/events.ts'
import type { RoomRecord, Rooms } from '../rooms/index.ts'
import { Frame, type Hub, type Subscriber } from '../sse/index.ts'
import { FALLBACK_ROOM } from './fallback.ts'
import type { SentenceSource } from './source.ts'

/** Sentences for rooms that want them (`idleFallback`) while nothing is on their screens: players see to that. */
export interface Quotes {
  close(): void
}

export interface QuotesOptions {
  hub: Pick<Hub, 'deliver' | 'inRoom' | 'onJoin' | 'rooms'>
  rooms: Pick<Rooms, 'find' | 'on'>
  source: SentenceSource
  /** Milliseconds between two sentences. */
  interval?: number
}

/** One sentence for all rooms at a time, and only while one of them that wants it is watched. */
export function createQuotes({ hub, rooms, source, interval = 20_000 }: QuotesOptions): Quotes {
  let clock: NodeJS.Timeout | undefined
  let current: Frame | undefined
  let isAsking = false

  function tell(room: string, only?: (subscriber: Subscriber) => boolean): void {
    if (current) hub.deliver(room, { frame: current, from: null, to: null }, only)
  }

  async function wanting(): Promise<string[]> {
    const found: string[] = []
    for (const id of [...hub.rooms()]) {
      const room = id === FALLBACK_ROOM ? null : await rooms.find(id)
      if (room?.settings.idleFallback) found.push(id)
    }
    return found
  }

  async function advance(): Promise<void> {
    if ((await wanting()).length === 0) return stop()
    const { text, from } = await source.next()
    // The source may take seconds: rooms have come and gone meanwhile.
    const ids = await wanting()
    if (!clock) return
    const event: MetaEvent = { type: 'quote', speaker: from, text }
    current = Frame.of({ event: 'meta', data: JSON.stringify(event) })
    for (const id of ids) tell(id)
  }

  function tick(): void {
    if (isAsking) return
    isAsking = true
    // Without the database nobody can be told what they want; the next tick asks again.
    advance()
      .catch(() => {})
      .finally(() => {
        isAsking = false
      })
  }

  function stop(): void {
    clearInterval(clock)
    clock = undefined
    current = undefined
  }

  /** @param only who has come; else the whole room. */
  function wanted(room: Pick<RoomRecord, 'id' | 'settings'>, only?: Subscriber): void {
    if (!room.settings.idleFallback) return
    if (clock) tell(room.id, only && (subscriber => subscriber === only))
    else {
      clock = setInterval(tick, interval)
      tick()
    }
  }

  hub.onJoin(subscriber => {
    if (subscriber.room === FALLBACK_ROOM) return
    rooms.find(subscriber.room).then(
      room => room && wanted(room, subscriber),
      () => {},
    )
  })
  rooms.on({
    changed(room) {
      if (hub.inRoom(room.id).size > 0) wanted(room)
    },
  })
  return { close: stop }
}
