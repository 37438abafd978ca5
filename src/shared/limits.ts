/** Sizes that both sides must agree on. Bytes are of UTF-8. */
export const LIMITS = {
  /** The text of one message, bytes. */
  messageBytes: 32 * 1024,
  /** A publish body as a whole (fragments, meta), bytes. */
  bodyBytes: 256 * 1024,
  /** A speaker's name, UTF-16 code units. */
  speakerLength: 100,
  /** A player's or device's label, UTF-16 code units. */
  labelLength: 64,
  /** Whom a line is for: several labels (`target.ts`), UTF-16 code units. */
  targetLength: 512,
  /** A name or address in what a player reports as a problem, UTF-16 code units: a picture may be an address of megabytes. */
  problemText: 120,
} as const

/** Milliseconds between two heartbeats while a controller is online. Offline after three without one. */
export const HEARTBEAT_INTERVAL = 5_000
/** Milliseconds between two comments on a silent stream: keeps proxies awake and finds dead sockets. */
export const KEEP_ALIVE_INTERVAL = 15_000
/** Milliseconds an EventSource waits before it comes back; sent once as `retry:`. */
export const RETRY_INTERVAL = 1_000
