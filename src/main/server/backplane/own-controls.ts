import type { ControlEvent } from '../../../shared/events.ts'
import type { LogRoom } from '../messages/log.ts'
import type { Database } from '../store/index.ts'
import { KEPT_CONTROLS, type StoredControl } from './stored-controls.ts'

/**
 * Controls of a server that has its database for itself: numbered in memory and given at once, whatever the disk
 * does, and written down behind, for pages that come back and for the next start.
 */
export interface OwnControls {
  /** The room's streams were given all up to this `seq`. */
  delivered(room: LogRoom, seq: number): void
  /** To be awaited before `give`. */
  open(room: LogRoom): Promise<void>
  /** @returns the event with its number, to be delivered in the same turn. */
  give(room: LogRoom, event: ControlEvent): ControlEvent
  /** Number of the newest one; 0 where none was given since the start. */
  position(room: LogRoom): number
  /** Those that are not written down yet, oldest first. */
  unsaved(room: LogRoom): readonly StoredControl[]
  save(): Promise<void>
  /** The room is gone. */
  forget(room: LogRoom): void
}

interface Held {
  room: LogRoom
  /** Of the newest control. */
  number: number
  /** The newest `seq` when it was opened. */
  seq: number
  unsaved: StoredControl[]
}

/** Milliseconds within which controls are written together. */
const SAVE_DELAY = 500

export function createOwnControls(db: Database): OwnControls {
  const held = new Map<string, Held>()
  const seqs = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let saving: Promise<void> = Promise.resolve()

  /** A room that was deleted and made anew counts from 1 again, under another epoch. */
  const keyOf = ({ id, epoch }: LogRoom) => `${id}.${epoch}`

  async function write({ room, number, unsaved }: Held): Promise<void> {
    await db.transaction().execute(async tx => {
      const { numUpdatedRows } = await tx
        .updateTable('rooms')
        .set({ control_seq: number })
        .where('id', '=', room.id)
        .where('epoch', '=', room.epoch)
        .executeTakeFirst()
      // Deleted meanwhile.
      if (numUpdatedRows === 0n) return
      const rows = unsaved.map(({ number, after, event }) => ({
        room_id: room.id,
        number,
        after_seq: after,
        data: JSON.stringify(event),
      }))
      await tx.insertInto('room_controls').values(rows).execute()
      await tx
        .deleteFrom('room_controls')
        .where('room_id', '=', room.id)
        .where('number', '<=', number - KEPT_CONTROLS)
        .execute()
    })
  }

  async function writeAll(): Promise<void> {
    for (const state of held.values()) {
      if (state.unsaved.length === 0) continue
      const written = { ...state }
      await write(written)
      state.unsaved = state.unsaved.filter(({ number }) => number > written.number)
    }
  }

  function save(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    saving = saving.catch(() => {}).then(writeAll)
    return saving
  }

  /** A disk that is full or locked is tried again with the next. */
  function saveSoon(): void {
    timer ??= setTimeout(() => void save().catch(() => {}), SAVE_DELAY)
  }

  return {
    delivered(room, seq) {
      seqs.set(keyOf(room), seq)
    },
    async open(room) {
      const key = keyOf(room)
      if (held.has(key)) return
      const row = await db
        .selectFrom('rooms')
        .select(['seq', 'control_seq'])
        .where('id', '=', room.id)
        .where('epoch', '=', room.epoch)
        .executeTakeFirst()
      // Another call may have opened it meanwhile.
      if (!held.has(key))
        held.set(key, { room, number: row?.control_seq ?? 0, seq: row?.seq ?? 0, unsaved: [] })
    },
    give(room, event) {
      const key = keyOf(room)
      const state = held.get(key)!
      state.number++
      const numbered = { ...event, number: state.number }
      const after = seqs.get(key) ?? state.seq
      state.unsaved = [...state.unsaved, { number: state.number, after, event }].slice(-KEPT_CONTROLS)
      saveSoon()
      return numbered
    },
    position: room => held.get(keyOf(room))?.number ?? 0,
    unsaved: room => held.get(keyOf(room))?.unsaved ?? [],
    save,
    forget(room) {
      held.delete(keyOf(room))
      seqs.delete(keyOf(room))
    },
  }
}
