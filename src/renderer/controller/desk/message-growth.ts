import type { DeltaEvent } from '../../../shared/events.ts'
import type { Message } from '../../../shared/message.ts'

/** A message that is still being written, with what one event adds to it. */
export function withDelta(message: Message, delta: DeltaEvent): Message {
  if (message.id !== delta.message) return message
  if (delta.final) return { ...message, data: delta.data, status: 'complete' }
  return { ...message, data: { ...message.data, message: textOf(message) + delta.text } }
}

/**
 * Of one message as the stream has told it and as a page of the history has it, the one that is further: a page was read
 * before, and what was written since is not taken back.
 */
export function furtherOf(told: Message | undefined, read: Message): Message {
  if (!told) return read
  if (told.status === 'complete') return told
  return read.status !== 'complete' && textOf(told).length > textOf(read).length ? told : read
}

const textOf = ({ data }: Message): string => (typeof data.message === 'string' ? data.message : '')
