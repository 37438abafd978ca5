import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PlayerInfo } from '../../../shared/events.ts'
import type { RoomEvent } from './room-stream.ts'

export interface PlayersState {
  players: PlayerInfo[]
  /** Players that are open beside those: too many to list. */
  unlisted: number
  /** Controllers online, this one included. */
  controllers: number
  /** Milliseconds to add to this computer's clock to get the server's. */
  clockOffset: number
  visible: boolean
  paused: boolean
  /** The servers of the cluster reach each other through the database alone, more slowly. */
  clusterAway: boolean
}

export interface Players {
  store: StoreApi<PlayersState>
  handle(event: RoomEvent): void
}

/** Who watches, and what the players are told to do. */
export function createPlayers(now: () => number): Players {
  const store = createStore<PlayersState>()(() => ({
    players: [],
    unlisted: 0,
    controllers: 0,
    clockOffset: 0,
    visible: true,
    paused: false,
    clusterAway: false,
  }))
  return {
    store,
    handle(event) {
      if (event.name === 'control') {
        const { action, label } = event.data
        if (label) return
        if (action === 'show' || action === 'hide') store.setState({ visible: action === 'show' })
        if (action === 'pause' || action === 'resume') store.setState({ paused: action === 'pause' })
        return
      }
      if (event.name !== 'meta') return
      const meta = event.data
      if (meta.type === 'players')
        store.setState({ players: meta.players, unlisted: meta.total - meta.players.length })
      else if (meta.type === 'presence') store.setState({ controllers: meta.controllers })
      else if (meta.type === 'heartbeat')
        store.setState({ controllers: meta.controllers, clockOffset: meta.time - now() })
      else if (meta.type === 'hello')
        store.setState({
          controllers: meta.presence.controllers,
          clockOffset: meta.time - now(),
          visible: meta.stage.visible,
          paused: meta.stage.paused,
          // Told right after the hello where it is so.
          clusterAway: false,
        })
      else if (meta.type === 'cluster') store.setState({ clusterAway: meta.redis === 'away' })
    },
  }
}
