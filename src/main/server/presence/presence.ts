import type { HeartbeatEvent, MetaEvent, PlayerInfo, PlayersEvent } from '../../../shared/events.ts'
import { HEARTBEAT_INTERVAL } from '../../../shared/limits.ts'
import { Frame, type Hub, type Subscriber } from '../sse/index.ts'
import { toPlayerInfo } from '../subscribers/players.ts'
import type { Peers } from './peers.ts'

export interface Presence {
  /** How many controllers are online in a room. */
  controllers(room: string): number
  /** True where somebody may see a line; previews in the controller are nobody's screen. */
  isWatched(room: string): boolean
  /** A player of this room came, went or shows something else. */
  playersChanged(room: string): void
  close(): void
}

/** Milliseconds within which changes of the players are told to controllers together. */
const PLAYERS_DELAY = 200
/** Players that controllers are told of one by one; nobody reads a longer list. */
const MAX_LISTED = 500
/** Characters of that list; players may report much, and a stream for which a mebibyte waits is dropped. */
const MAX_LIST_LENGTH = 256 * 1024

/**
 * Who is online. A controller counts while its event stream is open, on whatever server; players are told at
 * once when that changes, and by a heartbeat while it lasts.
 * @param seqOf the room's newest `seq`, for the heartbeat.
 */
export function createPresence(hub: Hub, peers: Peers, seqOf: (room: string) => Promise<number>): Presence {
  const controllers = new Map<string, number>()
  const waiting = new Map<string, NodeJS.Timeout>()
  let clock: NodeJS.Timeout | undefined

  const total = (room: string) => (controllers.get(room) ?? 0) + peers.controllers(room)

  function count(room: string, change: number) {
    const now = (controllers.get(room) ?? 0) + change
    if (now > 0) controllers.set(room, now)
    else controllers.delete(room)
    countChanged(room)
  }

  function countChanged(room: string) {
    if (hub.inRoom(room).size > 0) tell(room, { type: 'presence', controllers: total(room) })
    const anybody = controllers.size > 0 || !peers.rooms()[Symbol.iterator]().next().done
    if (anybody) clock ??= setInterval(beat, HEARTBEAT_INTERVAL)
    else {
      clearInterval(clock)
      clock = undefined
    }
  }

  function beat() {
    for (const room of new Set([...controllers.keys(), ...peers.rooms()])) {
      if (hub.inRoom(room).size === 0) continue
      seqOf(room).then(
        seq => {
          const event: HeartbeatEvent = {
            type: 'heartbeat',
            seq,
            interval: HEARTBEAT_INTERVAL,
            controllers: total(room),
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
    const here = playersHere(hub, room)
    const players = [...here.slice(0, MAX_LISTED), ...peers.players(room)].slice(0, MAX_LISTED)
    const event: PlayersEvent = { type: 'players', players, total: here.length + peers.playerCount(room) }
    while (JSON.stringify(event).length > MAX_LIST_LENGTH)
      event.players = event.players.slice(0, event.players.length / 2)
    tell(room, event, subscriber => subscriber.info.role === 'controller')
  }

  function tellSoon(room: string) {
    if (!controllers.has(room) || waiting.has(room)) return
    waiting.set(room, setTimeout(tellPlayers, PLAYERS_DELAY, room))
  }

  function playersChanged(room: string) {
    peers.changed(room)
    tellSoon(room)
  }

  hub.onJoin(({ room, info }) => {
    if (info.role === 'controller') count(room, 1)
    playersChanged(room)
  })
  hub.onLeave(({ room, info }) => {
    if (info.role === 'controller') count(room, -1)
    playersChanged(room)
  })
  peers.onChange((room, what) => {
    if (what.controllers) countChanged(room)
    tellSoon(room)
  })

  return {
    controllers: total,
    isWatched(room) {
      // Without a copy: this is asked for every message, and the first of thousands mostly answers it.
      for (const { info } of hub.inRoom(room))
        if (info.role === 'player' && info.place !== 'preview') return true
      return peers.screens(room) > 0
    },
    playersChanged,
    close() {
      clearInterval(clock)
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}

function playersHere(hub: Hub, room: string): PlayerInfo[] {
  return [...hub.inRoom(room)].filter(({ info }) => info.role === 'player').map(toPlayerInfo)
}
