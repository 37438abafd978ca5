import type { PlayerInfo } from '../../../shared/events.ts'
import type { Bus, Nodes } from '../backplane/index.ts'
import { FALLBACK_ROOM } from '../fallback/index.ts'
import type { Hub } from '../sse/index.ts'
import { toPlayerInfo } from '../subscribers/players.ts'

/** Who is online in a room on one server. */
interface RoomState {
  controllers: number
  /** Streams whose line on the screen counts: players, without the controllers' previews. */
  screens: number
  streams: number
  /** Told while a controller is online anywhere. */
  players: PlayerInfo[]
}

/** Who is online on the other servers. */
export interface Peers {
  controllers(room: string): number
  screens(room: string): number
  streams(room: string): number
  players(room: string): PlayerInfo[]
  /** Those that are not told of one by one too. */
  playerCount(room: string): number
  /** Rooms with a controller elsewhere. */
  rooms(): Iterable<string>
  /** Something changed here: the others are told soon. */
  changed(room: string): void
  /** Tells the others of all rooms here, and has them do the same: after a time apart. */
  ask(): void
  onChange(listener: (room: string, what: { controllers: boolean }) => void): void
  close(): void
}

/** Milliseconds within which changes are told together. */
const DELAY = 100
/** Players of one room that are told of; a controller's list shows no more. */
const MAX_PLAYERS = 500
const NOTHING: RoomState = { controllers: 0, screens: 0, streams: 0, players: [] }

export function createPeers(hub: Hub, bus: Bus, nodes: Nodes): Peers {
  const byNode = new Map<string, Map<string, RoomState>>()
  const listeners: ((room: string, what: { controllers: boolean }) => void)[] = []
  const due = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  function* statesOf(room: string): Iterable<RoomState> {
    for (const rooms of byNode.values()) {
      const state = rooms.get(room)
      if (state) yield state
    }
  }

  function sum(room: string, field: 'controllers' | 'screens' | 'streams'): number {
    let total = 0
    for (const state of statesOf(room)) total += state[field]
    return total
  }

  function own(room: string): RoomState {
    const here = [...hub.inRoom(room)]
    const players = here.filter(({ info }) => info.role === 'player')
    const controllers = here.filter(({ info }) => info.role === 'controller').length
    const watched = controllers > 0 || sum(room, 'controllers') > 0
    return {
      controllers,
      screens: players.filter(({ info }) => info.place !== 'preview').length,
      streams: here.length,
      players: watched ? players.slice(0, MAX_PLAYERS).map(toPlayerInfo) : [],
    }
  }

  function isShared(room: string): boolean {
    return room !== FALLBACK_ROOM && !room.includes('/')
  }

  function tell() {
    timer = undefined
    if (nodes.alive.size === 1) {
      due.clear()
      return
    }
    const rooms = [...due].map(room => [room, own(room)])
    due.clear()
    if (rooms.length > 0) bus.tell('presence', { from: bus.node, rooms })
  }

  function changed(room: string) {
    if (!isShared(room)) return
    due.add(room)
    if (hub.inRoom(room).size === 1) {
      // The first stream of a room: a line sent now must not count as unseen.
      clearTimeout(timer)
      tell()
    }
    timer ??= setTimeout(tell, DELAY)
  }

  function tellAll() {
    for (const room of hub.rooms()) changed(room)
  }

  function take(node: string, room: string, state: RoomState) {
    const rooms = byNode.get(node) ?? new Map<string, RoomState>()
    byNode.set(node, rooms)
    const before = rooms.get(room) ?? NOTHING
    if (state.streams > 0) rooms.set(room, state)
    else rooms.delete(room)
    const controllers = before.controllers !== state.controllers
    // A controller elsewhere wants to see our players.
    if (controllers && before.controllers === 0 && hub.inRoom(room).size > 0) changed(room)
    for (const listener of listeners) listener(room, { controllers })
  }

  bus.on('presence', message => {
    const { from, rooms } = message as unknown as { from: string; rooms: [string, RoomState][] }
    for (const [room, state] of rooms) take(from, room, state)
  })
  bus.on('presence-ask', ({ from }) => {
    nodes.met(from as string)
    tellAll()
  })
  nodes.onGone(node => {
    const rooms = byNode.get(node)
    byNode.delete(node)
    for (const [room, { controllers }] of rooms ?? []) {
      for (const listener of listeners) listener(room, { controllers: controllers > 0 })
    }
  })
  nodes.onRevived(ask)

  function ask() {
    bus.tell('presence-ask', { from: bus.node })
    tellAll()
  }

  return {
    controllers: room => sum(room, 'controllers'),
    screens: room => sum(room, 'screens'),
    streams: room => sum(room, 'streams'),
    players: room => [...statesOf(room)].flatMap(state => state.players),
    playerCount: room => sum(room, 'streams') - sum(room, 'controllers'),
    *rooms() {
      for (const rooms of byNode.values()) {
        for (const [room, { controllers }] of rooms) if (controllers > 0) yield room
      }
    },
    changed,
    ask,
    onChange: listener => void listeners.push(listener),
    close: () => clearTimeout(timer),
  }
}
