import type { Message } from '../../../shared/message.ts'
import { Frame, type Hub, type Subscriber } from '../sse/index.ts'
import type { Sentence } from './hitokoto.ts'
import type { SentenceSource } from './source.ts'

/** What a player shows when its room does not exist. */
export interface Fallback {
  /** @param roomKey what the player's address named; the player goes over when that room is made. */
  add(subscriber: Subscriber, roomKey: string): void
  remove(subscriber: Subscriber): void
  /** The room was made: its waiting players come back to it at once. */
  roomCreated(roomKey: string): void
  /** The rooms that its players wait for. */
  waiting(): Iterable<string>
  readonly size: number
  close(): void
}

/** The hub's key for all streams without a room. No room id is empty. */
export const FALLBACK_ROOM = ''

export interface FallbackOptions {
  source: SentenceSource
  /** Milliseconds between two sentences. */
  interval?: number
}

/** One sentence for all players of the server, only while somebody watches. */
export function createFallback(hub: Hub, { source, interval = 20_000 }: FallbackOptions): Fallback {
  const waiting = new Map<Subscriber, string>()
  let clock: NodeJS.Timeout | undefined
  let current: Sentence | undefined
  let isAsking = false

  function advance() {
    if (isAsking) return
    isAsking = true
    void source.next().then(sentence => {
      isAsking = false
      current = sentence
      hub.deliver(FALLBACK_ROOM, { frame: frameFor(sentence), from: null, to: null })
    })
  }

  function remove(subscriber: Subscriber) {
    if (!waiting.delete(subscriber) || waiting.size > 0) return
    clearInterval(clock)
    clock = undefined
  }

  return {
    add(subscriber, roomKey) {
      waiting.set(subscriber, roomKey)
      if (clock) {
        if (current) subscriber.send(frameFor(current))
      } else {
        clock = setInterval(advance, interval)
        advance()
      }
    },
    remove,
    roomCreated(roomKey) {
      for (const [subscriber, key] of waiting) if (key === roomKey) subscriber.end()
    },
    waiting: () => waiting.values(),
    get size() {
      return waiting.size
    },
    close() {
      clearInterval(clock)
      clock = undefined
    },
  }
}

/** A message without an event id: it belongs to no history. */
function frameFor(sentence: Sentence): Frame {
  const message: Message = {
    id: `hitokoto-${sentence.id}`,
    room: FALLBACK_ROOM,
    speaker: sentence.from || '一言',
    data: { message: sentence.text, format: 'plain', from: 'hitokoto' },
    time: Date.now(),
    meta: 'fallback',
    status: 'complete',
  }
  return Frame.of({ data: JSON.stringify(message) })
}
