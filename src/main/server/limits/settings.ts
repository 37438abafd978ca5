import { z } from 'zod'
import { LIMITS } from '../../../shared/limits.ts'

const count = (initial: number) => z.coerce.number().int('must be a whole number').min(0).default(initial)

/** Environment variables; 0 takes a limit off, except where a maximum is given. */
export const limitVariables = {
  MAX_STREAMS: count(50_000),
  MAX_STREAMS_PER_ROOM: count(50_000),
  MAX_STREAMS_PER_ADDRESS: count(1_000),
  MAX_MESSAGE_BYTES: z.coerce
    .number()
    .int('must be a whole number')
    .min(1)
    .max(LIMITS.messageBytes, `can't be more than ${LIMITS.messageBytes}`)
    .default(LIMITS.messageBytes),
  MAX_HISTORY_MESSAGES: count(100_000),
  MAX_HISTORY_DAYS: count(0),
}

const variables = z.object(limitVariables)

/** What protects the server from strangers, and its disk from time. 0 = no limit. */
export interface ServerLimits {
  /** Open event streams in all. */
  streams: number
  streamsPerRoom: number
  /** Open event streams of one address; this machine's own are not counted. */
  streamsPerAddress: number
  /** UTF-8 bytes of one message's text. */
  messageBytes: number
  /** Messages that a room keeps. */
  historyMessages: number
  /** Milliseconds for which a room keeps a message. */
  historyAge: number
}

const DAY = 24 * 60 * 60 * 1000

export function readLimits(values: z.output<typeof variables>): ServerLimits {
  return {
    streams: values.MAX_STREAMS,
    streamsPerRoom: values.MAX_STREAMS_PER_ROOM,
    streamsPerAddress: values.MAX_STREAMS_PER_ADDRESS,
    messageBytes: values.MAX_MESSAGE_BYTES,
    historyMessages: values.MAX_HISTORY_MESSAGES,
    historyAge: values.MAX_HISTORY_DAYS * DAY,
  }
}
