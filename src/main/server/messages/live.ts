import { parseEventId } from '../../../shared/ids.ts'
import type { Message, MessageData, PublishInput } from '../../../shared/message.ts'
import { ApiError } from '../errors.ts'
import type { RoomRecord } from '../rooms/rooms.ts'
import type { Messages } from './messages.ts'
import type { RoomLog } from './room-log.ts'
import { writeSurely } from './write-surely.ts'

/** A message that is still being written: players type it as it comes. */
export interface LiveMessage {
  /**
   * Appends text; what comes while the last piece is being stored goes out as one delta.
   * @throws what kept an earlier piece from being stored; ApiError `too-large` once the text is longer than a message may be; what fits has been kept.
   */
  append(text: string): Promise<void>
  /** Ends it. @returns the message whole. */
  finish(): Promise<Message>
}

/** Announces a message without text and takes its text piece by piece. */
export async function openLiveMessage(
  { messages, log }: { messages: Messages; log: RoomLog },
  room: RoomRecord,
  input: PublishInput,
): Promise<LiveMessage> {
  const start: MessageData = { ...input.data, message: '' }
  const { message } = await messages.publish(room, { ...input, data: start }, { streaming: true })
  const seq = parseEventId(message.id)!.seq
  let text = ''
  let bytes = 0
  let unwritten = ''
  let held = ''
  let deltas = 0
  let writing: Promise<void> | undefined
  let failure: unknown

  async function writeAll(): Promise<void> {
    try {
      while (unwritten !== '') {
        const piece = unwritten
        unwritten = ''
        await writeSurely(log, room, { type: 'delta', message: seq, deltaSeq: ++deltas, text: piece })
      }
    } catch (error) {
      // The end of the message tells its text whole.
      failure = error
    }
    writing = undefined
  }

  return {
    async append(piece) {
      if (failure) throw failure
      const fitting = startOf(piece, messages.maxBytes - bytes)
      bytes += Buffer.byteLength(fitting)
      text += fitting
      unwritten += held + fitting
      held = ''
      // Half a surrogate pair would not survive UTF-8: it waits for its other half.
      if (/[\ud800-\udbff]$/.test(unwritten)) {
        held = unwritten.slice(-1)
        unwritten = unwritten.slice(0, -1)
      }
      if (unwritten !== '') writing ??= writeAll()
      if (fitting.length < piece.length) {
        throw new ApiError('too-large', `the text is longer than ${messages.maxBytes} bytes: it ends here`)
      }
    },
    async finish() {
      await writing
      const data: MessageData = { ...start, message: text }
      await writeSurely(log, room, { type: 'final', message: seq, deltaSeq: deltas + 1, data })
      return { ...message, data, status: 'complete' }
    },
  }
}

/** @returns as many whole characters from the start of `text` as `bytes` of UTF-8 hold. */
function startOf(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(Math.max(bytes, 0)))
  return text.slice(0, read)
}
