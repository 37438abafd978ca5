import type { ControlAction, HelloEvent, PlayerReport, Snapshot } from '../../../shared/events.ts'
import { formatEventId, parseEventId } from '../../../shared/ids.ts'
import type { AppliedControl } from '../backplane/index.ts'
import { type LogRoom, toMessage, withDeltas } from '../messages/log.ts'
import type { Database } from '../store/index.ts'
import type { RoomRecord } from './rooms.ts'

/** How far a room's screens are, as players have told. */
export interface StageState {
  /** `seq` of the message last seen on a screen; what comes after it waits. It never goes back. */
  playhead: number
  /** Index of that message's line which is on a screen; null where no player said. Not stored: players tell again. */
  line: number | null
  /** Epoch milliseconds since when that line has been complete. */
  completeSince: number | null
}

/** What the store has of a room's stage, with what a server holds of it beside. */
interface HeldState extends StageState {
  /** Messages up to this `seq` were cleared off the screen. */
  clearedSeq: number
  visible: boolean
  paused: boolean
  /** The newest control that is in it, where servers share the database. */
  controls: number
}

/** The columns of `rooms` that keep it. */
export interface StoredStage {
  playhead: number
  cleared_seq: number
  visible: number
  paused: number
  control_seq: number
}

export const STAGE_COLUMNS = ['playhead', 'cleared_seq', 'visible', 'paused', 'control_seq'] as const

export interface Stage {
  /** A player says what it shows. */
  report(room: RoomRecord, report: PlayerReport): Promise<void>
  /** A line was sent while no player was open: nobody waits for it to be typed. */
  passed(room: RoomRecord, seq: number): Promise<void>
  /** A control, where no other server has this database. */
  control(room: LogRoom, action: ControlAction): Promise<void>
  /** A control that is stored already, of whatever server. */
  applied(room: string, control: AppliedControl): void
  flags(room: RoomRecord): Promise<HelloEvent['stage']>
  /** @returns up to which `seq` a snapshot reaches: of a long queue the rest follows as events, so that none is left out. */
  reach(room: RoomRecord, last: number): Promise<number>
  /** @param upTo what came after this `seq` is left out: it follows as events. */
  snapshot(room: RoomRecord, upTo: number): Promise<Snapshot>
  /** Another server's players have shown more. */
  shownElsewhere(room: string, state: StageState): void
  /** The store has this: what it is ahead of what is held is taken over. */
  stored(room: string, row: StoredStage): void
  /** The room is gone, or was made anew: another of its name begins at the beginning. */
  forget(room: string): void
  /** Writes down what changed lately. */
  save(): Promise<void>
}

/** Lines in a snapshot's queue. */
const MAX_SNAPSHOT_QUEUE = 200
/** Characters of them: a stream for which a mebibyte waits is dropped. What follows as events waits for who reads slowly. */
const MAX_SNAPSHOT_LENGTH = 128 * 1024
/** Milliseconds within which changes of the playhead are written together. */
const SAVE_DELAY = 500

/** @param onChange told how far the screens here are, for the other servers of a cluster. */
export function createStage(
  db: Database,
  onChange: (room: string, state: StageState) => void = () => {},
): Stage {
  const states = new Map<string, HeldState>()
  /** Rooms whose playhead is to be written, and those whose other columns are. */
  const dirty = new Set<string>()
  const controlled = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  async function load(room: Pick<RoomRecord, 'id'>): Promise<HeldState> {
    const known = states.get(room.id)
    if (known) return known
    const row = await db
      .selectFrom('rooms')
      .select(STAGE_COLUMNS)
      .where('id', '=', room.id)
      .executeTakeFirst()
    // Another call may have loaded it meanwhile, and a report changed it.
    if (!states.has(room.id)) stored(room.id, row ?? NEW_STAGE)
    return states.get(room.id)!
  }

  function stored(id: string, row: StoredStage) {
    const state = states.get(id)
    if (!state) {
      const { playhead, cleared_seq: clearedSeq, control_seq: controls } = row
      const flags = { visible: row.visible !== 0, paused: row.paused === 1 }
      states.set(id, { playhead, line: null, clearedSeq, controls, completeSince: null, ...flags })
      return
    }
    moveTo(state, row.playhead)
    // Read before the newest control was stored, it would undo it.
    if (row.control_seq < state.controls) return
    state.clearedSeq = Math.max(state.clearedSeq, row.cleared_seq)
    state.visible = row.visible !== 0
    state.paused = row.paused === 1
    state.controls = row.control_seq
  }

  /** Anybody may watch an open room, and tell anything: lines that are still to come must not count as seen. */
  async function wasSent(room: RoomRecord, seq: number): Promise<boolean> {
    const row = await db.selectFrom('rooms').select('seq').where('id', '=', room.id).executeTakeFirst()
    return row !== undefined && seq <= row.seq
  }

  /** @returns false where the screens are as far already. */
  function moveTo(
    state: HeldState,
    playhead: number,
    line: number | null = null,
    completeSince: number | null = null,
  ): boolean {
    if (playhead < state.playhead) return false
    if (playhead === state.playhead && (line === null || line <= (state.line ?? -1))) return false
    state.playhead = playhead
    state.line = line
    state.completeSince = completeSince
    return true
  }

  function apply(state: HeldState, action: ControlAction, after: number) {
    if (action === 'show' || action === 'hide') state.visible = action === 'show'
    else if (action === 'pause' || action === 'resume') state.paused = action === 'pause'
    else if (action === 'clear') {
      state.clearedSeq = Math.max(state.clearedSeq, after)
      moveTo(state, after)
    }
  }

  function changed(id: string) {
    const { playhead, line, completeSince } = states.get(id)!
    onChange(id, { playhead, line, completeSince })
    dirty.add(id)
    timer ??= setTimeout(() => void save().catch(() => {}), SAVE_DELAY)
  }

  async function save() {
    clearTimeout(timer)
    timer = undefined
    const ids = [...dirty]
    const withControls = new Set(controlled)
    dirty.clear()
    controlled.clear()
    for (const id of ids) {
      const state = states.get(id)
      // Deleted while the others were written.
      if (!state) continue
      const { playhead, clearedSeq, visible, paused } = state
      // Another server may have written more.
      await db
        .updateTable('rooms')
        .set({ playhead })
        .where('id', '=', id)
        .where('playhead', '<', playhead)
        .execute()
      if (!withControls.has(id)) continue
      await db
        .updateTable('rooms')
        .set({ cleared_seq: clearedSeq, visible: visible ? 1 : 0, paused: paused ? 1 : 0 })
        .where('id', '=', id)
        .execute()
    }
  }

  return {
    async report(room, report) {
      const shown = report.showing === null ? null : parseEventId(report.showing)
      if (!shown || shown.epoch !== room.epoch) return
      const state = await load(room)
      if (shown.seq > state.playhead && !(await wasSent(room, shown.seq))) return
      const line = report.shownLine ?? null
      if (moveTo(state, shown.seq, line)) changed(room.id)
      const isThere = shown.seq === state.playhead && line === state.line
      if (isThere && report.state === 'complete' && state.completeSince === null) {
        const completeSince = Date.now()
        state.completeSince = completeSince
        onChange(room.id, { playhead: shown.seq, line, completeSince })
      }
    },
    async passed(room, seq) {
      if (moveTo(await load(room), seq)) changed(room.id)
    },
    async control(room, action) {
      if (action === 'next' || action === 'skip') return
      const state = await load(room)
      const row =
        action === 'clear'
          ? await db.selectFrom('rooms').select('seq').where('id', '=', room.id).executeTakeFirst()
          : undefined
      apply(state, action, row?.seq ?? 0)
      controlled.add(room.id)
      changed(room.id)
    },
    applied(id, { number, action, after }) {
      const state = states.get(id)
      // Without one, what the store has is read when it is asked for.
      if (!state || number <= state.controls) return
      apply(state, action, after)
      state.controls = number
    },
    async flags(room) {
      const { visible, paused, clearedSeq } = await load(room)
      return {
        visible,
        paused,
        ...(clearedSeq > 0 && { cleared: formatEventId({ epoch: room.epoch, seq: clearedSeq }) }),
      }
    },
    async reach(room, last) {
      const { playhead, clearedSeq } = await load(room)
      const waiting = await db
        .selectFrom('messages')
        .select(eb => ['seq', eb.fn<number>('length', ['data']).as('length')])
        .where('room_id', '=', room.id)
        .where('seq', '>', Math.max(playhead, clearedSeq))
        .where('seq', '<=', last)
        .orderBy('seq')
        .limit(MAX_SNAPSHOT_QUEUE)
        .execute()
      let length = 0
      let fits = 0
      for (const row of waiting) {
        length += Number(row.length)
        if (fits > 0 && length > MAX_SNAPSHOT_LENGTH) break
        fits++
      }
      const isAll = fits === waiting.length && fits < MAX_SNAPSHOT_QUEUE
      return isAll ? last : waiting[fits - 1]!.seq
    },
    async snapshot(room, upTo) {
      const state = await load(room)
      const shown = db
        .selectFrom('messages')
        .selectAll()
        .where('room_id', '=', room.id)
        .where('seq', '<=', upTo)
      const [current, queue] = await Promise.all([
        shown
          .where('seq', '<=', state.playhead)
          .where('seq', '>', state.clearedSeq)
          .orderBy('seq', 'desc')
          .executeTakeFirst(),
        shown
          .where('seq', '>', Math.max(state.playhead, state.clearedSeq))
          .orderBy('seq')
          .limit(MAX_SNAPSHOT_QUEUE)
          .execute(),
      ])
      const whole = (row: (typeof queue)[number]) => withDeltas(db, room, toMessage(room, row), row.seq, upTo)
      return {
        current: current ? await whole(current) : null,
        ...(current?.seq === state.playhead && state.line !== null && { currentLine: state.line }),
        currentSince: current?.seq === state.playhead ? state.completeSince : null,
        queue: await Promise.all(queue.map(whole)),
        visible: state.visible,
        paused: state.paused,
      }
    },
    shownElsewhere(id, { playhead, line, completeSince }) {
      const state = states.get(id)
      // Reports cross on their way: what is further counts.
      if (!state || moveTo(state, playhead, line, completeSince)) return
      if (playhead === state.playhead && line === state.line) state.completeSince ??= completeSince
    },
    stored,
    forget(id) {
      states.delete(id)
      dirty.delete(id)
      controlled.delete(id)
    },
    save,
  }
}

const NEW_STAGE: StoredStage = { playhead: 0, cleared_seq: 0, visible: 1, paused: 0, control_seq: 0 }
