import type { EmoteLook } from './emote.ts'
import type { Layout } from './layouts.ts'
import type { Message, MessageData } from './message.ts'
import type { PlayerProblem } from './player-problem.ts'
import type { RoomSettings } from './room.ts'
import type { SpeakerLook } from './speaker.ts'

/** The version of the wire protocol, told in `hello`. */
export const API_VERSION = '1.0'

export const CONTROL_ACTIONS = ['next', 'skip', 'clear', 'show', 'hide', 'pause', 'resume'] as const
export type ControlAction = (typeof CONTROL_ACTIONS)[number]

/** What a page needs that has no Last-Event-ID: the line on the screen and those that wait behind it. */
export interface Snapshot {
  /** Shown complete, not typed again. */
  current: Message | null
  /** Index of the line of it that is shown, of a message of several; those behind it are still to come. Absent: the last. */
  currentLine?: number
  /** Epoch milliseconds since when that line has been shown complete; null while unknown. */
  currentSince: number | null
  /** Oldest first; to be typed as if they came now. */
  queue: Message[]
  /** False after `hide`. */
  visible: boolean
  paused: boolean
}

export interface Presence {
  /** Controllers that are online in this room. */
  controllers: number
}

/** Always the first event of a stream. */
export interface HelloEvent {
  type: 'hello'
  api: { version: string }
  /** This stream's id: what a player reports under, what a controller may kick. */
  subscriber: string
  epoch: string
  /** Id (`<epoch>-<seq>`) of the room's newest event, or of the newest in a snapshot: to resume from where nothing came yet. */
  last: string
  room: string
  /** True: the room exists. False: this is the fallback, 一言 sentences only. */
  exists: boolean
  settings: RoomSettings
  /** What `:name:` shows in this room. */
  emotes: EmoteLook[]
  presence: Presence
  /** Whether the room's box is to be seen and goes on; a client that was away may have missed the control event. */
  stage: Pick<Snapshot, 'visible' | 'paused'> & {
    /** Messages up to this id were cleared off the screen; absent: none. */
    cleared?: string
  }
  snapshot: Snapshot | null
  /** Number of the room's newest control; 0 = none yet. */
  control: number
  /** The Last-Event-ID is of another epoch or trimmed away: forget what was shown, take the snapshot. */
  reset: boolean
  /** Milliseconds between two signs of life on a silent stream. */
  keepAlive: number
  /** Epoch milliseconds, by the server's clock. */
  time: number
}

export interface HeartbeatEvent {
  type: 'heartbeat'
  /** The room's newest `seq`. */
  seq: number
  /** Milliseconds to the next. */
  interval: number
  controllers: number
  time: number
}

/** What the controller's author is typing; empty text = stopped. */
export interface TypingEvent {
  type: 'typing'
  speaker: string
  text: string
}

/** A sentence for the time while nothing is on the screen, where the room wants it (`idleFallback`). */
export interface QuoteEvent {
  type: 'quote'
  /** Whom or what it is from; empty = unknown. */
  speaker: string
  text: string
}

/** To controllers only: the open players, whenever one of them comes, goes or shows something else. */
export interface PlayersEvent {
  type: 'players'
  /** The first of them, where there are more than make a list. */
  players: PlayerInfo[]
  /** How many are open. */
  total: number
}

/** How the room's speakers look and sound; after hello where there are any, and at each change. */
export interface SpeakersEvent {
  type: 'speakers'
  speakers: SpeakerLook[]
}

/** The room's emotes after a change; all of them. */
export interface EmotesEvent {
  type: 'emotes'
  emotes: EmoteLook[]
}

export type MetaEvent =
  | HelloEvent
  | HeartbeatEvent
  | { type: 'settings'; settings: RoomSettings; version: number; name: string }
  | ({ type: 'presence' } & Presence)
  | TypingEvent
  | QuoteEvent
  | PlayersEvent
  | SpeakersEvent
  | EmotesEvent
  /** A theme of the server was changed (or deleted); players that wear it load it anew. */
  | { type: 'theme'; id: string; version: number }
  /** To controllers only: somebody's speakers or phrases were changed; whoever shows them reads the list anew. */
  | { type: 'presets'; kind: 'speakers' | 'phrases' }
  /** This stream ends for good and must not come back by itself. */
  | { type: 'closed'; reason: 'kicked' | 'revoked' | 'room-deleted' | 'replaced' | 'locked' }
  /** To controllers only: the servers of the cluster reach each other through the database alone, more slowly. */
  | { type: 'cluster'; redis: 'away' | 'back' }
  /** The server is going away; come back after `after` milliseconds. */
  | { type: 'drain'; after: number }

/** Appends to a message that is still being written. `seq` counts the deltas of one message from 1. */
export type DeltaEvent =
  | { message: string; seq: number; text: string; final?: false }
  | { message: string; seq: number; final: true; data: MessageData }

/** Takes a message off the screen and out of the history; `all` empties the room. */
export type RetractEvent = { message: string; all?: false } | { message: null; all: true }

export interface ControlEvent {
  action: ControlAction
  /** Only these players obey (`isFor` of `target.ts`). */
  label?: string
  /** Counts the room's controls up by one, so that none is obeyed twice where a stream replays them. */
  number?: number
}

/** Every named event of a room's stream; `message` goes without a name on the wire. */
export interface RoomEvents {
  message: Message
  delta: DeltaEvent
  retract: RetractEvent
  control: ControlEvent
  meta: MetaEvent
}

export const PLACES = ['obs', 'overlay', 'browser', 'phone', 'preview'] as const
export type Place = (typeof PLACES)[number]

/** What a player says of itself (`POST …/subscribers/:id/report`) whenever it changes. */
export interface PlayerReport {
  state: 'idle' | 'typing' | 'complete' | 'hidden'
  /** Id of the message on the screen. */
  showing: string | null
  /** Index of its line that is shown; players of other programs need not tell. */
  shownLine?: number | undefined
  /** Lines that wait. */
  waiting: number
  layout: Layout
  /** `document.visibilityState` is visible (in OBS: the source is shown). */
  visible: boolean
  /** Milliseconds the last report took to be answered; null before the first. */
  roundTrip: number | null
  /** What could not be shown or heard, newest last; free text from players of other programs. */
  problems: (PlayerProblem | string)[]
}

/** One open player, as a controller sees it. */
export interface PlayerInfo {
  id: string
  device: string
  label: string
  place: Place
  /** The client's address without its port. */
  address: string
  userAgent: string
  /** Epoch milliseconds. */
  since: number
  report: PlayerReport | null
  /** Bytes that wait to be read by it. */
  backlogBytes: number
  /** The pages of its browser share one connection. */
  shared?: boolean
}

/**
 * One frame of a shared stream (`POST /api/v1/streams`): what the page named in the frame's first data line
 * would have got on a stream of its own.
 */
export interface PageFrame {
  event: keyof RoomEvents | (string & {})
  id?: string
  /** The event's data, as the bytes of a stream of its own would give it. */
  data: string
}
