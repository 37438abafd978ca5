/** What people say: Chinese and English. */
export const SENTENCE = '今天天气不错，我们一起出去走走吧！The quick brown fox jumps over the lazy dog. '

/** What swarm.ts and its process say to each other. Times are microseconds of the machine's monotonic clock. */
export type SwarmCommand =
  | { type: 'open'; port: number; path: string; count: number; atOnce: number; addresses: number }
  | { type: 'expect'; events: number; latency: boolean }
  | { type: 'cut' }

export type SwarmReport =
  | { type: 'opened'; open: number; refused: number; microseconds: number }
  | { type: 'received'; events: number; at: number; latencies: number[]; cpu: number }
  | { type: 'cut' }
  | { type: 'expecting' }

/**
 * Stands once in each event and nowhere else on the wire, so that events are counted by one memchr. After it
 * come {@link STAMP_DIGITS} digits, the time at which the event was published.
 */
export const MARK = '~'
export const STAMP_DIGITS = 16

/** @returns microseconds of CLOCK_MONOTONIC, which all processes of a machine share. */
export function now(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e6 + Math.floor(nanoseconds / 1e3)
}

export function stamp(): string {
  return MARK + String(now()).padStart(STAMP_DIGITS, '0')
}
