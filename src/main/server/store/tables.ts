import type { Generated } from 'kysely'

/** JSON is stored as text in both databases, so that one query serves both. Times are epoch milliseconds. */
export interface Tables {
  rooms: {
    id: string
    name: string
    owner_id: string | null
    is_default: number
    watch_key: string | null
    settings: string
    version: Generated<number>
    epoch: string
    /** The newest event's number; 0 = none yet. */
    seq: Generated<number>
    /** Events up to this number are no longer here to be replayed. */
    trimmed_seq: Generated<number>
    /** The message last seen on a screen; what comes after it waits. */
    playhead: Generated<number>
    /** Messages up to this number were cleared off the screen. */
    cleared_seq: Generated<number>
    visible: Generated<number>
    paused: Generated<number>
    created_at: number
  }
  messages: {
    room_id: string
    seq: number
    speaker: string
    data: string
    meta: string | null
    label: string | null
    time: number
    status: string
  }
  /** What happened to messages after they were sent: deltas, retractions. Shares `seq` with `messages`. */
  room_events: {
    room_id: string
    seq: number
    type: string
    /** The message it is about; null = all. */
    message_seq: number | null
    data: string
  }
  idempotency_keys: {
    room_id: string
    key: string
    seq: number
    created_at: number
  }
}
