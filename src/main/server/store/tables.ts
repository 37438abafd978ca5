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
    /** The newest control's number; 0 = none yet. */
    control_seq: Generated<number>
    created_at: number
  }
  /** The newest controls of each room, for servers and players that did not hear of them. */
  room_controls: {
    room_id: string
    number: number
    /** The room's `seq` when it was given: it comes after that event. */
    after_seq: number
    /** The event's data as sent. */
    data: string
  }
  /** Messages that are being written, where servers share the database. */
  live_messages: {
    room_id: string
    seq: number
    /** The server that does it. */
    node: string
    /** Pieces that are stored. */
    deltas: Generated<number>
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
  users: {
    id: string
    username: string
    /** The username as it is compared: two that differ in case only are one. */
    username_key: string
    role: string
    /** Argon2id in PHC form; null = signed in by the desktop app only. */
    password_hash: string | null
    created_at: number
    last_login_at: number | null
  }
  /** One row a place where somebody is signed in: the family of its refresh tokens. */
  logins: {
    id: string
    user_id: string
    device: string
    address: string
    created_at: number
    last_used_at: number
    expires_at: number
    /** The id (`jti`) of the refresh token that is good now; null = it can't be refreshed (desktop). */
    refresh_id: string | null
    previous_refresh_id: string | null
    rotated_at: number | null
  }
  api_tokens: {
    id: string
    user_id: string
    name: string
    /** SHA-256, hexadecimal. */
    hash: string
    prefix: string
    /** JSON arrays. */
    scopes: string
    rooms: string | null
    created_at: number
    expires_at: number | null
    last_used_at: number | null
  }
  room_moderators: {
    room_id: string
    user_id: string
    created_at: number
  }
  audit_log: {
    /** Sorts by time. */
    id: string
    time: number
    action: string
    actor: string
    user_id: string | null
    target: string
    address: string
    detail: string
  }
  /** What was set while running, by name. */
  server_settings: {
    name: string
    value: string
  }
  /** Speakers and phrases: what their owner keeps for use again. */
  presets: {
    id: string
    /** A user's id; empty = the server's owner. */
    owner: string
    kind: 'speaker' | 'phrase'
    /** Counts up within owner and kind. */
    position: number
    /** The input, as its schema made it. */
    data: string
  }
  /** Themes that were made or imported; those of the app are files. */
  themes: {
    id: string
    /** A user's id; empty = the server's owner. */
    owner: string
    manifest: string
    /** As it was written; it is made safe each time it is given to a player. */
    css: string
    /** Data URLs by name. */
    assets: string
    version: number
  }
  assets: {
    /** 40 hexadecimal digits of the content's SHA-256; one row for each owner who has it. */
    id: string
    owner: string
    name: string
    type: string
    size: number
    /** Base64, because SQLite and PostgreSQL have no binary type in common. */
    content: string
    created_at: number
  }
  /** Names by which lines call pictures. */
  emotes: {
    id: string
    /** A user's id; empty = the server's owner. */
    owner: string
    /** `name` or `pack:name`. */
    name: string
    /** The name as it is compared (`emoteKey`). */
    name_key: string
    /** Id of the owner's asset. */
    asset: string
    /** 1: the picture came with the emote and goes with it. */
    brought_asset: number
    created_at: number
  }
  /** The servers that are up, each by its name of this start. */
  nodes: {
    id: string
    /** Host and port that clients reach it at. */
    address: string
    version: string
    started_at: number
    /** Its last sign of life, by the database's clock. */
    seen_at: number
  }
  /** What all servers of one database must agree on: secrets, the cluster's name. */
  shared_values: {
    name: string
    value: string
  }
  /** Every device that ever came, with where it is now. */
  broker_devices: {
    name: string
    uid: string
    /** The newest frame sent to it; counts from 1 and never starts anew. */
    last_frame_id: Generated<number>
    /** The newest frame when it was last seen to leave. */
    seen_frame_id: Generated<number>
    /** The server that has its stream; null = offline. */
    node: string | null
    /** That stream's id. */
    connection: string | null
    /** Of the client, with its port. */
    address: string
    login_time: number
    last_touch_time: number
  }
  /** The newest frames of each device, for its return. */
  broker_frames: {
    device: string
    id: number
    event: string | null
    data: string
    time: number
  }
  webhooks: {
    id: string
    url: string
    secret: string
    created_at: number
  }
  /** What is still to be delivered. */
  webhook_deliveries: {
    id: string
    webhook_id: string
    body: string
    attempts: Generated<number>
    due_at: number
    created_at: number
  }
}
