import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ControlAction, PlayerInfo } from '../../../shared/events.ts'
import type { PlayerProblem } from '../../../shared/player-problem.ts'
import type { Failure } from '../api/request.ts'
import { lineKey } from './line-key.ts'
import { readableText } from './message-text.ts'
import { playerName } from './player-name.ts'
import type { RoomEvent } from './room-stream.ts'

/** Something that happened while the desk was open. */
export type Happening =
  | { type: 'connected' }
  | { type: 'lost' }
  | { type: 'player-came' | 'player-went' | 'player-hidden' | 'player-seen'; name: string }
  | { type: 'player-problem'; name: string; problem: PlayerProblem | string }
  | { type: 'line' | 'line-elsewhere'; speaker: string; text: string }
  | { type: 'taken-back' | 'emptied' }
  | { type: 'refused'; text: string; failure: Failure }
  | { type: 'order'; action: ControlAction }
  | { type: 'settings' }
  | { type: 'controllers'; count: number }

export interface LogEntry {
  /** Counts up. */
  id: number
  /** Epoch milliseconds, by this computer's clock. */
  time: number
  what: Happening
}

export interface LogState {
  /** Oldest first. */
  entries: LogEntry[]
  /** How many that matter came since somebody looked. */
  unread: number
}

export interface Log {
  store: StoreApi<LogState>
  handle(event: RoomEvent): void
  add(what: Happening): void
  /** Somebody has looked. */
  read(): void
  clear(): void
}

/** Entries kept; older ones fall out. */
export const LOG_LIMIT = 512

const MATTERS: ReadonlySet<Happening['type']> = new Set(['lost', 'refused', 'player-problem', 'player-went'])

/**
 * What has happened at this desk, in words as short as they can be told. Lives with the page; the history is on the
 * server.
 * @param isOwn whether a line of this key was sent from here
 */
export function createLog(now: () => number, isOwn: (key: string | undefined) => boolean): Log {
  const store = createStore<LogState>()(() => ({ entries: [], unread: 0 }))
  let players: Map<string, PlayerInfo> | null = null
  let controllers = 0
  let version = 0
  let count = 0

  function add(what: Happening): void {
    const entry = { id: ++count, time: now(), what }
    store.setState(({ entries, unread }) => ({
      entries: [...entries, entry].slice(-LOG_LIMIT),
      unread: MATTERS.has(what.type) ? unread + 1 : unread,
    }))
  }

  function comparePlayers(list: PlayerInfo[]): void {
    const audience = list.filter(({ place }) => place !== 'preview')
    const next = new Map(audience.map(player => [player.id, player]))
    // Those that are there when the desk opens did not come just now.
    if (players) {
      for (const [id, player] of players)
        if (!next.has(id)) add({ type: 'player-went', name: playerName(player) })
      for (const player of audience) comparePlayer(player, players.get(player.id))
    }
    players = next
  }

  function comparePlayer(player: PlayerInfo, before: PlayerInfo | undefined): void {
    const name = playerName(player)
    if (!before) add({ type: 'player-came', name })
    const seen = player.report?.visible
    if (before?.report && seen !== undefined && before.report.visible !== seen)
      add({ type: seen ? 'player-seen' : 'player-hidden', name })
    const known = new Set(before?.report?.problems.map(problemKey))
    for (const problem of player.report?.problems ?? [])
      if (!known.has(problemKey(problem))) add({ type: 'player-problem', name, problem })
  }

  return {
    store,
    add,
    handle(event) {
      if (event.name === 'message') {
        const { speaker, data } = event.data
        add({
          type: isOwn(lineKey(event.data)) ? 'line' : 'line-elsewhere',
          speaker,
          text: readableText(data),
        })
      } else if (event.name === 'retract') add({ type: event.data.all ? 'emptied' : 'taken-back' })
      else if (event.name === 'control') add({ type: 'order', action: event.data.action })
      else if (event.name !== 'meta') return
      else if (event.data.type === 'players') comparePlayers(event.data.players)
      else if (event.data.type === 'settings') {
        if (event.data.version !== version) add({ type: 'settings' })
        version = event.data.version
      } else if (event.data.type === 'presence') {
        if (controllers !== 0 && controllers !== event.data.controllers)
          add({ type: 'controllers', count: event.data.controllers })
        controllers = event.data.controllers
      } else if (event.data.type === 'hello') {
        controllers = event.data.presence.controllers
        // Players come back with the server: they are told of anew.
        players = null
      }
    },
    read: () => store.setState({ unread: 0 }),
    clear: () => store.setState({ entries: [], unread: 0 }),
  }
}

/** The same for a problem whose number has only grown. */
function problemKey(problem: PlayerProblem | string): string {
  return typeof problem === 'string' ? problem : JSON.stringify({ ...problem, count: undefined })
}
