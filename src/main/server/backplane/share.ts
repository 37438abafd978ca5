import type { Fallback } from '../fallback/index.ts'
import type { Peers } from '../presence/index.ts'
import type { RoomChangeKind, RoomRecord, Rooms, Stage, StageState } from '../rooms/index.ts'
import { changesCounted, countChange, type Store } from '../store/index.ts'
import type { Cluster } from './cluster.ts'

export interface SharedParts {
  cluster: Cluster
  fallback: Fallback
  /** What players are told of speakers and emotes, held in memory. */
  looks: { changed(): void }[]
  peers: Peers
  rooms: Rooms
  stage: Stage
  store: Pick<Store, 'db' | 'kind'>
  /** Ends the streams of this server that rest on a credential. */
  closeRevoked(credential: string): void
  /** Another server restored a backup: all that is held in memory is old. */
  restart(): void
}

/** Tells the other servers what they must forget or look at anew. */
export interface Shared {
  revoked(credential: string): void
  stageChanged(room: string, state: StageState): void
  looksChanged(): void
  restored(): void
}

/** Milliseconds that another server may still take a credential for good: its records' time in memory, and some. */
const RECORDS_STALE = 2_500

/** The changes of what is held in memory of speakers and emotes, as the database counts them. */
const LOOKS = 'looks-changed'

/** Keeps what servers hold in memory of the same database alike. */
export function shareState(parts: SharedParts): Shared {
  const { cluster, fallback, looks, peers, rooms, stage, store, closeRevoked, restart } = parts
  const { backplane, bus } = cluster
  let fromElsewhere = false

  const tellRoom = (kind: RoomChangeKind) => (room?: RoomRecord) => {
    if (!fromElsewhere) bus.tell('room', { id: room?.id ?? '', kind })
  }
  rooms.on({
    created: tellRoom('created'),
    changed: tellRoom('changed'),
    deleted: tellRoom('deleted'),
    reassigned: tellRoom('reassigned'),
  })

  async function roomChanged(id: string, kind: RoomChangeKind): Promise<void> {
    const tell = await rooms.changedElsewhere(id, kind)
    // Listeners run in one turn, so that none of them passes on what came from elsewhere.
    fromElsewhere = true
    try {
      tell()
    } finally {
      fromElsewhere = false
    }
  }

  bus.on('room', message => {
    const { id, kind } = message as unknown as { id: string; kind: RoomChangeKind }
    roomChanged(id, kind).catch(() => {})
  })
  bus.on('stage', message => {
    const { room, state } = message as unknown as { room: string; state: StageState }
    stage.shownElsewhere(room, state)
  })
  /** Changes of looks that this server knows of. */
  let looksKnown = 0

  function readLooksAnew() {
    for (const look of looks) look.changed()
  }

  async function looksChanged(): Promise<void> {
    // Alone there is nobody to tell.
    if (store.kind !== 'postgres') return
    const count = await countChange(store.db, LOOKS).catch(() => 0)
    // Another server's change in between is still to be read.
    if (count === looksKnown + 1) looksKnown = count
    bus.tell('looks', { count })
  }

  async function checkLooks(): Promise<void> {
    const count = await changesCounted(store.db, LOOKS)
    if (count === looksKnown) return
    looksKnown = count
    readLooksAnew()
  }

  bus.on('looks', message => {
    const count = Number(message.count)
    if (count === looksKnown + 1) looksKnown = count
    readLooksAnew()
  })
  bus.on('restored', restart)
  bus.on('revoked', message => {
    const credential = message.credential as string
    closeRevoked(credential)
    // Whoever came back at once was let in on a record that was still held.
    setTimeout(closeRevoked, RECORDS_STALE, credential)
  })
  backplane.onHealth(healthy => healthy && peers.ask())

  /** Rooms that were changed, made or deleted while nobody could say so. */
  async function checkRooms(): Promise<void> {
    const newest = new Map((await rooms.versions()).map(row => [row.id, row]))
    for (const held of [...rooms.held()]) {
      const row = newest.get(held.id)
      if (row?.version !== held.version || row.epoch !== held.epoch) await roomChanged(held.id, 'changed')
      else if (row.isDefault !== held.isDefault) await roomChanged(held.id, 'reassigned')
    }
    for (const key of new Set(fallback.waiting())) if (newest.has(key)) await roomChanged(key, 'created')
  }

  cluster.onReconcile(checkRooms)
  cluster.onReconcile(checkLooks)

  return {
    revoked: credential => bus.tell('revoked', { credential }),
    stageChanged: (room, state) => bus.tell('stage', { room, state }),
    looksChanged: () => void looksChanged(),
    restored() {
      bus.tell('restored', {})
      void looksChanged()
    },
  }
}
