import { z } from 'zod'
import { DEFAULT_UPLOADS, type UploadLimits } from '../../../shared/asset.ts'
import { LIMITS } from '../../../shared/limits.ts'
import { THEME_ASSETS_BYTES } from '../../../shared/theme.ts'

/** A picture is stored as base64, and held in memory while it comes and goes. */
const LARGEST_UPLOAD = 64 * 1024 * 1024

const bytes = (initial: number, most: number) =>
  z.coerce
    .number()
    .int('must be a whole number')
    .min(1)
    .max(most, `can't be more than ${most}`)
    .default(initial)

/** Kinds of picture by the names people know: `png`. */
const KINDS = new Map(DEFAULT_UPLOADS.types.map(type => [type.slice('image/'.length), type]))
const kindNames = [...KINDS.keys()].join()

const count = (initial: number) => z.coerce.number().int('must be a whole number').min(0).default(initial)

/** Environment variables; 0 takes a limit off, except where a maximum is given. */
export const limitVariables = {
  MAX_STREAMS: count(50_000),
  MAX_STREAMS_PER_ROOM: count(50_000),
  MAX_STREAMS_PER_ADDRESS: count(1_000),
  MAX_MESSAGE_BYTES: bytes(LIMITS.messageBytes, LIMITS.messageBytes),
  MAX_HISTORY_MESSAGES: count(100_000),
  MAX_HISTORY_DAYS: count(0),
  MAX_UPLOAD_BYTES: bytes(DEFAULT_UPLOADS.bytes, LARGEST_UPLOAD),
  MAX_EMOTE_BYTES: bytes(DEFAULT_UPLOADS.emoteBytes, LARGEST_UPLOAD),
  MAX_UPLOAD_BYTES_PER_OWNER: count(512 * 1024 * 1024),
  MAX_THEME_BYTES: bytes(THEME_ASSETS_BYTES, THEME_ASSETS_BYTES),
  UPLOAD_TYPES: z
    .string()
    .refine(text => splitKinds(text).length > 0 && splitKinds(text).every(kind => KINDS.has(kind)), {
      message: `must be some of ${kindNames}, separated by commas`,
    })
    .default(kindNames),
}

function splitKinds(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
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
  uploads: UploadLimits & {
    /** Bytes that one owner's pictures may take together. */
    ownerBytes: number
    /** Bytes of one theme's pictures and fonts, as base64. */
    themeBytes: number
  }
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
    uploads: {
      bytes: values.MAX_UPLOAD_BYTES,
      emoteBytes: values.MAX_EMOTE_BYTES,
      ownerBytes: values.MAX_UPLOAD_BYTES_PER_OWNER,
      themeBytes: values.MAX_THEME_BYTES,
      types: splitKinds(values.UPLOAD_TYPES).map(kind => KINDS.get(kind)!),
    },
  }
}
