import type { ControlAction, ControlEvent } from '../../../shared/events.ts'
import { ApiError } from '../errors.ts'
import type { LogRoom } from '../messages/log.ts'
import { Frame, type StreamEvent } from '../sse/index.ts'
import type { Database } from '../store/index.ts'
import type { CarriedBatch } from './backplane.ts'
import { createRoomOrder, type RoomOrder } from './room-order.ts'
import { KEPT_CONTROLS } from './stored-controls.ts'

/** What a control changes of the stage, on whatever server it was given. */
export interface AppliedControl {
  /** Counts up by one per room. */
  number: number
  action: ControlAction
  /** The room's `seq` when it was given. */
  after: number
}

/**
 * Controls of rooms whose servers share a database. They are commands: none may be lost, and each must come at its
 * place among the lines, on every server. So each is stored with a number of its own and the `seq` that it follows,
 * under the lock of the room's row that lines take too.
 */
export interface Controls {
  /** Stores it. @returns what carries it to the other servers; `offer` it here as well. @throws where the database is away. */
  store(room: LogRoom, event: ControlEvent): Promise<CarriedBatch>
  open(room: string, base: () => Promise<number>): Promise<void>
  close(room: string): void
  /** The newest one that has its place among the lines. */
  position(room: string): number
  /** In any order, as often as may be: each is carried out once, in order. */
  offer(room: string, batch: CarriedBatch): void
  /** The store is this far: fetches what is missing. */
  reached(room: string, number: number): void
  stop(): void
}

export interface ControlParts {
  db: Database
  order: RoomOrder
  applied(room: string, control: AppliedControl): void
}

export function createControls({ db, order, applied }: ControlParts): Controls {
  const numbers = createRoomOrder({
    hub: {
      deliver(room, { frame }) {
        for (const { id, event, data } of frame.events) {
          const { after, number } = parseId(id!)
          const control = JSON.parse(data) as ControlEvent
          if (control.label === undefined) applied(room, { number, action: control.action, after })
          const frame = Frame.of({ event: event!, data: JSON.stringify({ ...control, number }) })
          order.offerLive(room, frame, after, Number.POSITIVE_INFINITY)
        }
        return 0
      },
    },
    fetch: fetchMissing,
    onAdvance: room => order.reached(room, 0),
  })

  async function fetchMissing(room: string, after: number): Promise<CarriedBatch[]> {
    const rows = await db
      .selectFrom('room_controls')
      .selectAll()
      .where('room_id', '=', room)
      .where('number', '>', after)
      .orderBy('number')
      .execute()
    // Those before the first are beyond what is kept: its span counts them as had. One batch each, so that the lines
    // that wait for one are let through before the next.
    return rows.map((row, index) => ({
      from: index === 0 ? after + 1 : row.number,
      to: row.number,
      events: [toEvent(row.after_seq, row.number, row.data)],
    }))
  }

  return {
    async store(room, event) {
      const data = JSON.stringify(event)
      const { number, after } = await db.transaction().execute(async tx => {
        const row = await tx
          .updateTable('rooms')
          .set(eb => ({
            control_seq: eb('control_seq', '+', 1),
            ...(event.label ? {} : changeOf(event.action)),
          }))
          .where('id', '=', room.id)
          .where('epoch', '=', room.epoch)
          .returning(['control_seq', 'seq'])
          .executeTakeFirst()
        if (!row) throw new ApiError('unknown-room', `there is no room "${room.id}"`)
        if (event.action === 'clear' && !event.label) {
          await tx
            .updateTable('rooms')
            .set({ cleared_seq: row.seq, playhead: row.seq })
            .where('id', '=', room.id)
            .execute()
        }
        const number = row.control_seq
        await tx
          .insertInto('room_controls')
          .values({ room_id: room.id, number, after_seq: row.seq, data })
          .execute()
        await tx
          .deleteFrom('room_controls')
          .where('room_id', '=', room.id)
          .where('number', '<=', number - KEPT_CONTROLS)
          .execute()
        return { number, after: row.seq }
      })
      return { from: number, to: number, events: [toEvent(after, number, data)] }
    },
    open: numbers.open,
    close: numbers.close,
    position: numbers.position,
    offer: numbers.offer,
    reached: numbers.reached,
    stop: numbers.stop,
  }
}

/** @returns what is stored of the room's stage. */
function changeOf(action: ControlAction): { visible?: number; paused?: number } {
  if (action === 'show' || action === 'hide') return { visible: action === 'show' ? 1 : 0 }
  if (action === 'pause' || action === 'resume') return { paused: action === 'pause' ? 1 : 0 }
  return {}
}

/** The number stands last, where the order looks for it. */
function toEvent(after: number, number: number, data: string): StreamEvent {
  return { id: `${after}-${number}`, event: 'control', data }
}

function parseId(id: string): { after: number; number: number } {
  const [after, number] = id.split('-').map(Number)
  return { after: after!, number: number! }
}
