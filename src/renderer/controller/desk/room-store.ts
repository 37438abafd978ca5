import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Room, RoomSettings, RoomSettingsPatch } from '../../../shared/room.ts'
import { DEFAULT_ROOM_SETTINGS, mergeSettings } from '../../../shared/room-defaults.ts'
import { type Failure, isPassing, type Result } from '../api/request.ts'
import type { RoomChange } from '../api/rooms.ts'
import type { RoomEvent } from './room-stream.ts'

export interface RoomState {
  /** Null until the server answered. */
  room: Room | null
  /** As the user sees them: the server's with the changes that are on their way. */
  settings: RoomSettings
  saving: boolean
  problem: Failure | null
  /** Changes of ours that met a newer version: the user says whose stand. */
  conflict: RoomSettingsPatch | null
}

export interface RoomStore {
  store: StoreApi<RoomState>
  load(): Promise<void>
  handle(event: RoomEvent): void
  /** Shown at once, sent a moment later together with what follows it. */
  change(patch: RoomSettingsPatch): void
  resolveConflict(whose: 'mine' | 'theirs'): void
  /** Sends what is gathered, and tries no more after that. */
  stop(): void
}

export interface RoomStoreOptions {
  get(): Promise<Result<{ room: Room }>>
  send(change: RoomChange): Promise<Result<{ room: Room }>>
  /** Runs after so many milliseconds. */
  later(run: () => void, delay: number): void
}

/** Milliseconds in which changes are gathered: a slider gives a dozen values a second. */
const GATHER = 150
/** Milliseconds before a change that found no server is tried again. */
const RETRY = 2_000

/** Joins two patches; the second wins. `look.tokens` stands whole, as in the merge of settings. */
export function joinPatches(first: RoomSettingsPatch, second: RoomSettingsPatch): RoomSettingsPatch {
  const joined: RoomSettingsPatch = { ...first, ...second }
  if (first.look && second.look) joined.look = { ...first.look, ...second.look }
  if (first.typewriter && second.typewriter) joined.typewriter = { ...first.typewriter, ...second.typewriter }
  if (first.queue && second.queue) joined.queue = { ...first.queue, ...second.queue }
  if (first.backlog && second.backlog) joined.backlog = { ...first.backlog, ...second.backlog }
  if (first.sound && second.sound) {
    joined.sound = { ...first.sound, ...second.sound }
    for (const part of ['typing', 'line', 'speech'] as const) {
      if (first.sound[part] && second.sound[part])
        Object.assign(joined.sound, { [part]: { ...first.sound[part], ...second.sound[part] } })
    }
  }
  return joined
}

/** The room's settings. Changes go out one at a time, each on the version the last one made. */
export function createRoomStore({ get, send, later }: RoomStoreOptions): RoomStore {
  const store = createStore<RoomState>()(() => ({
    room: null,
    settings: DEFAULT_ROOM_SETTINGS,
    saving: false,
    problem: null,
    conflict: null,
  }))
  let pending: RoomSettingsPatch | null = null
  let inFlight: RoomSettingsPatch | null = null
  let scheduled = false
  let stopped = false

  function accept(room: Room): void {
    const known = store.getState().room
    if (known && known.version > room.version) return
    let settings = room.settings
    if (inFlight) settings = mergeSettings(settings, inFlight)
    if (pending) settings = mergeSettings(settings, pending)
    store.setState({ room, settings })
  }

  async function load(): Promise<void> {
    const answer = await get()
    if (answer.ok) {
      accept(answer.value.room)
      store.setState({ problem: null })
      // What could not be sent before: the server is back, or the room is known only now.
      if (pending) schedule()
    } else store.setState({ problem: answer.failure })
  }

  function change(patch: RoomSettingsPatch): void {
    pending = pending ? joinPatches(pending, patch) : patch
    store.setState(({ settings, conflict }) => ({
      settings: mergeSettings(settings, patch),
      saving: true,
      // What is undecided is ours as it was set last.
      conflict: conflict && joinPatches(conflict, patch),
    }))
    schedule()
  }

  function schedule(delay = GATHER): void {
    if (scheduled || stopped) return
    scheduled = true
    later(() => {
      scheduled = false
      void flush()
    }, delay)
  }

  async function flush(): Promise<void> {
    const { room } = store.getState()
    if (inFlight || !pending || !room) return
    inFlight = pending
    pending = null
    const answer = await send({ settings: inFlight, version: room.version })
    const sent = inFlight
    inFlight = null
    if (answer.ok) {
      store.setState({ problem: null })
      accept(answer.value.room)
    } else if (answer.failure.status === 409) {
      const undecided = joinPatches(store.getState().conflict ?? {}, sent)
      const conflict = pending ? joinPatches(undecided, pending) : undecided
      pending = null
      store.setState({ conflict })
      await load()
    } else if (isPassing(answer.failure)) {
      pending = pending ? joinPatches(sent, pending) : sent
      store.setState({ problem: answer.failure })
      schedule(answer.failure.retryAfter ?? RETRY)
      return
    } else {
      // Refused for good: what the room really has is shown again.
      await load()
      store.setState({ problem: answer.failure })
    }
    store.setState({ saving: pending !== null })
    if (!pending) return
    // Who has left does not wait for more.
    if (stopped) await flush()
    else schedule()
  }

  return {
    store,
    load,
    handle(event) {
      if (event.name !== 'meta' || event.data.type !== 'settings') return
      const { room } = store.getState()
      const { settings, version, name } = event.data
      if (room) accept({ ...room, settings, version, name })
    },
    change,
    resolveConflict(whose) {
      const { conflict } = store.getState()
      store.setState({ conflict: null })
      if (whose === 'mine' && conflict) change(conflict)
    },
    stop() {
      stopped = true
      void flush()
    },
  }
}
