import type { MetaEvent, RoomEvents } from '../../../shared/events.ts'
import { createEventStream, type EventStream } from '../../../sse-client/index.ts'

/** One event of the room, with its name: what stores and the live preview listen to. */
export type RoomEvent = {
  [Name in keyof RoomEvents]: { name: Name; data: RoomEvents[Name] }
}[keyof RoomEvents]

/**
 * Why a stream does not come back by itself. `signed-out`: nobody is signed in any more; `not-yours`: the room is not for this
 * account; `closed`: another took its place.
 */
export type StreamEnd = 'signed-out' | 'not-yours' | 'room-gone' | 'kicked' | 'closed'

export interface RoomStreamOptions {
  room: string
  token(): string | null
  /** @returns whether there is a fresh token. */
  renew(): Promise<boolean>
  onEvent(event: RoomEvent): void
  onOpen(): void
  /** @param delay milliseconds until the next attempt. */
  onLost(delay: number): void
  /** It will not come back by itself. */
  onEnd(end: StreamEnd): void
}

export interface RoomStream {
  /** Tries at once instead of waiting. */
  reconnect(): void
  close(): void
}

const NAMES: ReadonlySet<string> = new Set(['message', 'delta', 'retract', 'control', 'meta'])

/** The longest wait between two attempts, milliseconds: a streamer must not sit before a dead desk. */
const LONGEST_WAIT = 5_000

/** The controller's own stream of a room: every event, and what only controllers see. */
export function openRoomStream(options: RoomStreamOptions): RoomStream {
  let ended = false
  let tokenRefused = false
  /** The token is a fresh one, and has not opened a stream yet. */
  let renewed = false

  const stream: EventStream<RoomEvents> = createEventStream<RoomEvents>({
    url: `/api/v1/rooms/${options.room}/events`,
    method: 'POST',
    body: async () => {
      if (tokenRefused && (await options.renew())) {
        tokenRefused = false
        renewed = true
      }
      return JSON.stringify({
        role: 'controller',
        place: 'browser',
        device: 'controller',
        token: options.token() ?? undefined,
      })
    },
    headers: { 'Content-Type': 'application/json' },
    // The server writes JSON on this stream only; its own schemas made it.
    parse: data => JSON.parse(data),
    dedupe: true,
    retry: (error, failures, suggested) => {
      if (error.status === 401 && !tokenRefused) {
        tokenRefused = true
        // A fresh one that is refused too will not be taken the sooner for haste.
        return renewed ? LONGEST_WAIT : 0
      }
      if (error.status === 401) return end('signed-out')
      if (error.status === 403) return end('not-yours')
      if (error.status === 404) return end('room-gone')
      if (suggested === false) return LONGEST_WAIT
      return failures === 1 ? 250 : Math.min(suggested, LONGEST_WAIT)
    },
    onConnect: () => {
      tokenRefused = false
      renewed = false
      options.onOpen()
    },
    onError: (_error, delay) => {
      if (typeof delay === 'number') options.onLost(delay)
    },
    onEvent: event => {
      if (!NAMES.has(event.type)) return
      const roomEvent = { name: event.type, data: event.data } as RoomEvent
      options.onEvent(roomEvent)
      if (roomEvent.name === 'meta') obey(roomEvent.data)
    },
  })

  function end(reason: StreamEnd): false {
    if (!ended) options.onEnd(reason)
    ended = true
    return false
  }

  function obey(meta: MetaEvent): void {
    if (meta.type === 'hello') stream.idleTimeout = meta.keepAlive * 3
    if (meta.type !== 'closed') return
    if (meta.reason === 'room-deleted') end('room-gone')
    else if (meta.reason === 'kicked') end('kicked')
    else if (meta.reason === 'replaced') end('closed')
    else end('signed-out')
    stream.close()
  }

  return {
    reconnect: () => stream.reconnect(),
    close() {
      ended = true
      stream.close()
    },
  }
}
