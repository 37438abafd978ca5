import type { HeartbeatEvent, MetaEvent, PlayersEvent } from '../../../shared/events.ts'
import { HEARTBEAT_INTERVAL } from '../../../shared/limits.ts'
import { Frame, type Hub, type Subscriber } from '../sse/index.ts'
import { toPlayerInfo } from '../subscribers/players.ts'

export interface Presence {
  /** How many controllers are online in a room. */
  controllers(room: string): number
  /** A player of this room came, went or shows something else. */
  playersChanged(room: string): void
  close(): void
}

/** Milliseconds within which changes of the players are told to controllers together. */
const PLAYERS_DELAY = 200

/**
 * Who is online. A controller counts while its event stream is open; players are told at once when that
 * changes, and by a heartbeat while it lasts.
 * @param seqOf the room's newest `seq`, for the heartbeat.
 */
export function createPresence(hub: Hub, seqOf: (room: string) => Promise<number>): Presence {
  const controllers = new Map<string, number>()
  const waiting = new Map<string, NodeJS.Timeout>()
  let clock: NodeJS.Timeout | undefined

  function count(room: string, change: number) {
    const now = (controllers.get(room) ?? 0) + change
    if (now > 0) controllers.set(room, now)
    else controllers.delete(room)
    tell(room, { type: 'presence', controllers: now })
    if (controllers.size > 0) clock ??= setInterval(beat, HEARTBEAT_INTERVAL)
    else {
      clearInterval(clock)
      clock = undefined
    }
  }

  function beat() {
    for (const [room, number] of controllers) {
      seqOf(room).then(
        seq => {
          const event: HeartbeatEvent = {
            type: 'heartbeat',
            seq,
            interval: HEARTBEAT_INTERVAL,
            controllers: number,
            time: Date.now(),
          }
          tell(room, event)
        },
        // The database is away for a moment; the next beat tries again.
        () => {},
      )
    }
  }

  function tell(room: string, event: MetaEvent, only?: (subscriber: Subscriber) => boolean) {
    hub.deliver(
      room,
      { frame: Frame.of({ event: 'meta', data: JSON.stringify(event) }), from: null, to: null },
      only,
    )
  }

  function tellPlayers(room: string) {
    waiting.delete(room)
    if (!controllers.has(room)) return
    const players = [...hub.inRoom(room)].filter(one => one.info.role === 'player').map(toPlayerInfo)
    const event: PlayersEvent = { type: 'players', players }
    tell(room, event, subscriber => subscriber.info.role === 'controller')
  }

  function playersChanged(room: string) {
    if (!controllers.has(room) || waiting.has(room)) return
    waiting.set(room, setTimeout(tellPlayers, PLAYERS_DELAY, room))
  }

  hub.onJoin(({ room, info }) => {
    if (info.role === 'controller') count(room, 1)
    playersChanged(room)
  })
  hub.onLeave(({ room, info }) => {
    if (info.role === 'controller') count(room, -1)
    playersChanged(room)
  })

  return {
    controllers: room => controllers.get(room) ?? 0,
    playersChanged,
    close() {
      clearInterval(clock)
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}
