import { createEventStream, type EventStream } from '../../../sse-client/index.ts'
import type { PlayerEvent } from '../events.ts'
import { type Feed, type PageRequest, RETRY, readEvent } from './feed.ts'

/** The address of a room's own stream. */
function streamUrl({ room, page: _, ...rest }: PageRequest): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(rest)) if (value) query.set(key, value)
  const path = room === '' ? '/api/v1/events' : `/api/v1/rooms/${encodeURIComponent(room)}/events`
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

/** A stream of this page's own: where pages cannot share one. */
export function createDirectFeed(request: PageRequest): Feed {
  let stream: EventStream<Record<string, string>> | undefined
  const wanted = { ...request }
  return {
    subscribe(listener) {
      const opened = createEventStream({
        // The id of an event that came goes before this one, in a header.
        url: () => streamUrl(wanted),
        retry: RETRY,
        onConnect: () => listener({ name: 'connection', data: { online: true } }),
        onDisconnect: () => listener({ name: 'connection', data: { online: false } }),
        onEvent({ type, data }) {
          const event = readEvent(type, data)
          if (event === null) return
          obey(event, opened)
          // Nothing may have come yet that has an id: the next connection goes on from here.
          if (event.name === 'meta' && event.data.type === 'hello' && event.data.last)
            wanted.last_event_id ??= event.data.last
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
