import type { ControlAction, PlayerReport, Snapshot } from '../../../shared/events.ts'
import { parseEventId } from '../../../shared/ids.ts'
import { toMessage, withDeltas } from '../messages/log.ts'
import type { Database } from '../store/index.ts'
import type { RoomRecord } from './rooms.ts'

/** What is on a room's screens, as far as players have told. */
export interface StageState {
  /** `seq` of the message last seen on a screen; what comes after it waits. */
  playhead: number
  /** Messages up to this `seq` were cleared off the screen. */
  clearedSeq: number
  visible: boolean
  paused: boolean
  /** Epoch milliseconds since when the playhead's line has been complete. */
  completeSince: number | null
}

export interface Stage {
  /** A player says what it shows. */
  report(room: RoomRecord, report: PlayerReport): Promise<void>
  /** A line was sent while no player was open: nobody waits for it to be typed. */
  passed(room: RoomRecord, seq: number): Promise<void>
  control(room: RoomRecord, action: ControlAction): Promise<void>
  flags(room: RoomRecord): Promise<Pick<Snapshot, 'visible' | 'paused'>>
  /** @param upTo what came after this `seq` is left out: it follows as events. */
  snapshot(room: RoomRecord, upTo: number): Promise<Snapshot>
  /** Another server's players have shown more, or its controller did something. */
  changedElsewhere(room: string, state: StageState): void
  /** Writes down what changed lately. */
  save(): Promise<void>
}

/** Lines in a snapshot's queue. A new page that is further behind begins later. */
const MAX_SNAPSHOT_QUEUE = 200
/** Milliseconds within which changes of the playhead are written together. */
const SAVE_DELAY = 500

/** @param onChange told of each change made here, for the other servers of a cluster. */
export function createStage(
  db: Database,
  onChange: (room: string, state: StageState) => void = () => {},
): Stage {
  const states = new Map<string, StageState>()
  const dirty = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  async function load(room: RoomRecord): Promise<StageState> {
    const known = states.get(room.id)
    if (known) return known
    const row = await db
      .selectFrom('rooms')
      .select(['playhead', 'cleared_seq', 'visible', 'paused'])
      .where('id', '=', room.id)
      .executeTakeFirst()
    // Another call may have loaded it meanwhile, and a report changed it.
    const state = states.get(room.id) ?? {
      playhead: row?.playhead ?? 0,
      clearedSeq: row?.cleared_seq ?? 0,
      visible: row?.visible !== 0,
      paused: row?.paused === 1,
      completeSince: null,
    }
    states.set(room.id, state)
    return state
  }

  function changed(id: string) {
    onChange(id, states.get(id)!)
    dirty.add(id)
    timer ??= setTimeout(() => void save().catch(() => {}), SAVE_DELAY)
  }

  async function save() {
    clearTimeout(timer)
    timer = undefined
    const ids = [...dirty]
    dirty.clear()
    for (const id of ids) {
      const state = states.get(id)
      if (!state) continue
      await db
        .updateTable('rooms')
        .set({
          playhead: state.playhead,
          cleared_seq: state.clearedSeq,
          visible: state.visible ? 1 : 0,
          paused: state.paused ? 1 : 0,
        })
        .where('id', '=', id)
        .execute()
    }
  }

  return {
    async report(room, report) {
      const shown = report.showing === null ? null : parseEventId(report.showing)
      if (!shown || shown.epoch !== room.epoch) return
      const state = await load(room)
      if (shown.seq > state.playhead) {
        state.playhead = shown.seq
        state.completeSince = null
        changed(room.id)
      }
      if (shown.seq === state.playhead && report.state === 'complete' && state.completeSince === null) {
        state.completeSince = Date.now()
        onChange(room.id, state)
      }
    },
    async passed(room, seq) {
      const state = await load(room)
      if (seq <= state.playhead) return
      state.playhead = seq
      state.completeSince = null
      changed(room.id)
    },
    async control(room, action) {
      const state = await load(room)
      if (action === 'show' || action === 'hide') state.visible = action === 'show'
      else if (action === 'pause' || action === 'resume') state.paused = action === 'pause'
      else if (action === 'clear') {
        const row = await db.selectFrom('rooms').select('seq').where('id', '=', room.id).executeTakeFirst()
        state.clearedSeq = row?.seq ?? state.clearedSeq
        state.playhead = state.clearedSeq
        state.completeSince = null
      } else return
      changed(room.id)
    },
    async flags(room) {
      const { visible, paused } = await load(room)
      return { visible, paused }
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
          .orderBy('seq', 'desc')
          .limit(MAX_SNAPSHOT_QUEUE)
          .execute(),
      ])
      const whole = (row: (typeof queue)[number]) => withDeltas(db, room, toMessage(room, row), row.seq, upTo)
      return {
        current: current ? await whole(current) : null,
        currentSince: current?.seq === state.playhead ? state.completeSince : null,
        queue: await Promise.all(queue.reverse().map(whole)),
        visible: state.visible,
        paused: state.paused,
      }
    },
    changedElsewhere(id, state) {
      const known = states.get(id)
      // Reports cross on their way: what is further counts.
      const ahead = !known || state.playhead >= known.playhead
      states.set(id, ahead ? state : { ...known, visible: state.visible, paused: state.paused })
    },
    save,
  }
}
