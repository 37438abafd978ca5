import { createEventStream, type EventStream } from '../../../sse-client/index.ts'
import type { PlayerEvent } from '../events.ts'
import { type Feed, type PageRequest, RETRY, readEvent } from './feed.ts'

/** The address of a room's own stream. */
function streamUrl({ room, page: _, last_event_id: __, ...rest }: PageRequest): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(rest)) if (value) query.set(key, value)
  const path = room === '' ? '/api/v1/events' : `/api/v1/rooms/${encodeURIComponent(room)}/events`
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

/** A stream of this page's own: where pages cannot share one. */
export function createDirectFeed(request: PageRequest): Feed {
  let stream: EventStream<Record<string, string>> | undefined
  return {
    subscribe(listener) {
      const opened = createEventStream({
        url: streamUrl(request),
        lastEventId: request.last_event_id ?? '',
        retry: RETRY,
        onConnect: () => listener({ name: 'connection', data: { online: true } }),
        onDisconnect: () => listener({ name: 'connection', data: { online: false } }),
        onEvent({ type, data }) {
          const event = readEvent(type, data)
          if (event === null) return
          obey(event, opened)
          listener(event)
        },
      })
      stream = opened
      return () => opened.close()
    },
    close: () => stream?.close(),
  }
}

/** What the server says of the stream itself. */
function obey(event: PlayerEvent, stream: EventStream<Record<string, string>>): void {
  if (event.name !== 'meta') return
  if (event.data.type === 'hello') stream.idleTimeout = event.data.keepAlive * 3
  if (event.data.type === 'closed') stream.close()
}
