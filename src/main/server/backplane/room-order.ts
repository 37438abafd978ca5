import { Frame, type Hub } from '../sse/index.ts'
import type { CarriedBatch } from './backplane.ts'

/** One of this server's own batches has been encoded already. */
type OfferedBatch = CarriedBatch & { frame?: Frame }

/**
 * Hands events to the streams of a room strictly by number, whatever order they come in: what comes too early
 * waits, what comes again is dropped, what does not come is fetched. So each stream gets each event once and
 * in the order that the store gave, on every server.
 */
export interface RoomOrder {
  /**
   * The room has a stream here. Until `base` is known, all is held back.
   * @returns when it is: what the store gives from then on, and what is delivered, overlap or meet.
   */
  open(room: string, base: () => Promise<number>): Promise<void>
  /** The room has no stream here any more. */
  close(room: string): void
  /** @param batch stored events, in any order, as often as may be. */
  offer(room: string, batch: OfferedBatch): void
  /**
   * Events without a number, which belong behind `after`.
   * @param patience milliseconds that they wait for it.
   */
  offerLive(room: string, frame: Frame, after: number, patience?: number): void
  /** The newest number delivered; 0 while the room is not open. */
  position(room: string): number
  /** The store is this far: fetches what is missing. */
  reached(room: string, seq: number): void
  /** The rooms that are open, with the newest number delivered. */
  positions(): Iterable<[room: string, position: number]>
  stop(): void
}

export interface RoomOrderOptions {
  hub: Pick<Hub, 'deliver'>
  /**
   * Fetches what follows `after`: consecutive batches, from Redis or the store. Numbers whose events are gone
   * (retracted) are part of a batch's span all the same.
   */
  fetch(room: string, after: number): Promise<CarriedBatch[]>
  /** Milliseconds that a gap may last before it is fetched: most close by themselves. */
  patience?: number
  onGap?(room: string): void
  /** The position of a room has moved on. */
  onAdvance?(room: string): void
  /** The room's controls: a batch waits for those that were given before it. */
  controls?: {
    /** Up to which number they are among the events without a number. */
    position(room: string): number
    reached(room: string, number: number): void
  }
}

/** Milliseconds that an event without a number waits for those before it. */
const LIVE_PATIENCE = 1_000
/** Milliseconds after which a fetch that failed is tried again. */
const RETRY = 500

interface State {
  /** Null until the base is known. */
  position: number | null
  /** Early batches by their first number. */
  early: Map<number, OfferedBatch>
  live: { frame: Frame; after: number; until: number }[]
  gapTimer: NodeJS.Timeout | undefined
  liveTimer: NodeJS.Timeout | undefined
  /** The store is known to be this far. */
  target: number
  ready: Promise<void>
}

export function createRoomOrder(options: RoomOrderOptions): RoomOrder {
  const { hub, fetch, patience = 40, onGap, onAdvance, controls } = options
  const states = new Map<string, State>()

  function pump(room: string, state: State) {
    if (state.position === null) return
    // A control that lines were waiting for comes before them.
    pumpLive(room, state)
    for (let moved = true; moved; ) {
      moved = false
      for (const [from, batch] of state.early) {
        if (from > state.position + 1) continue
        const isNew = batch.to > state.position
        if (isNew && !mayFollow(room, batch)) continue
        state.early.delete(from)
        if (!isNew) continue
        deliver(room, state, batch)
        moved = true
      }
    }
    if (isBehind(state)) state.gapTimer ??= setTimeout(fill, patience, room, state)
    if (state.live.length > 0) state.liveTimer ??= setTimeout(releaseLive, LIVE_PATIENCE, room, state)
  }

  function mayFollow(room: string, { controls: number = 0 }: OfferedBatch): boolean {
    if (!controls || number <= controls.position(room)) return true
    controls.reached(room, number)
    return false
  }

  function deliver(room: string, state: State, batch: OfferedBatch) {
    // A batch that was fetched may reach across events that belong into its middle.
    for (const { after } of [...state.live]) {
      if (after > state.position! && after < batch.to) deliverUpTo(room, state, batch, after)
    }
    deliverUpTo(room, state, batch, batch.to)
    onAdvance?.(room)
  }

  function deliverUpTo(room: string, state: State, batch: OfferedBatch, to: number) {
    const position = state.position!
    const whole = batch.from > position && to === batch.to
    // Numbers below are known already: this batch came around a fetched one.
    const events = whole
      ? batch.events
      : batch.events.filter(({ id }) => seqOf(id!) > position && seqOf(id!) <= to)
    state.position = to
    if (events.length > 0) {
      const frame = whole && batch.frame ? batch.frame : Frame.of(...events)
      hub.deliver(room, { frame, from: position + 1, to })
    }
    pumpLive(room, state)
  }

  function pumpLive(room: string, state: State) {
    if (state.live.length === 0) return
    const now = performance.now()
    const waiting: State['live'] = []
    for (const item of state.live) {
      if (item.after <= state.position! || item.until <= now) {
        hub.deliver(room, { frame: item.frame, from: null, to: null })
      } else waiting.push(item)
    }
    state.live = waiting
  }

  function releaseLive(room: string, state: State) {
    state.liveTimer = undefined
    pump(room, state)
  }

  async function fill(room: string, state: State): Promise<void> {
    // While this runs the timer is still set, so that no second one begins.
    let next = 0
    if (isBehind(state)) {
      onGap?.(room)
      try {
        for (const batch of await fetch(room, state.position!)) {
          if (states.get(room) !== state || batch.to <= state.position!) continue
          if (mayFollow(room, batch)) deliver(room, state, batch)
          else state.early.set(batch.from, batch)
        }
      } catch {
        // The store is away for a moment.
        next = RETRY
      }
    }
    if (states.get(room) !== state) return
    state.gapTimer = next > 0 ? setTimeout(fill, next, room, state) : undefined
    pump(room, state)
  }

  return {
    open(room, base) {
      const known = states.get(room)
      if (known) return known.ready
      const state: State = {
        position: null,
        early: new Map(),
        live: [],
        gapTimer: undefined,
        liveTimer: undefined,
        target: 0,
        ready: Promise.resolve(),
      }
      states.set(room, state)
      state.ready = base().then(
        position => {
          state.position = position
          pump(room, state)
        },
        error => {
          // Whoever waits ends its stream; the next one tries again.
          if (states.get(room) === state) states.delete(room)
          throw error
        },
      )
      state.ready.catch(() => {})
      return state.ready
    },
    close(room) {
      const state = states.get(room)
      if (!state) return
      clearTimers(state)
      states.delete(room)
    },
    offer(room, batch) {
      const state = states.get(room)
      if (!state) return
      if (state.position !== null && batch.to <= state.position) return
      const known = state.early.get(batch.from)
      if (!known || known.to < batch.to) state.early.set(batch.from, batch)
      pump(room, state)
    },
    offerLive(room, frame, after, patience = LIVE_PATIENCE) {
      const state = states.get(room)
      if (!state) return
      state.live.push({ frame, after, until: performance.now() + patience })
      pump(room, state)
    },
    position: room => states.get(room)?.position ?? 0,
    reached(room, seq) {
      const state = states.get(room)
      if (!state) return
      state.target = Math.max(state.target, seq)
      pump(room, state)
    },
    *positions() {
      for (const [room, { position }] of states) if (position !== null) yield [room, position]
    },
    stop() {
      for (const state of states.values()) clearTimers(state)
      states.clear()
    },
  }
}

const isBehind = ({ early, target, position }: State) => early.size > 0 || target > position!

function clearTimers({ gapTimer, liveTimer }: State): void {
  clearTimeout(gapTimer)
  clearTimeout(liveTimer)
}

/** The number in an event's id: `<epoch>-<seq>` of rooms, the plain one of devices. */
function seqOf(id: string): number {
  return Number(id.slice(id.lastIndexOf('-') + 1))
}
