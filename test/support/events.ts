import { createParser, type EventSourceMessage } from 'eventsource-parser'

/** An open event stream, read by a parser that is not ours. */
export interface TestStream {
  events: EventSourceMessage[]
  comments: string[]
  response: Response
  /** Resolves with the first event, past or to come, that fits. */
  waitFor(fits: (event: EventSourceMessage) => boolean): Promise<EventSourceMessage>
  /** Resolves when that many events have come. */
  waitForCount(count: number, fits?: (event: EventSourceMessage) => boolean): Promise<EventSourceMessage[]>
  /** Resolves when the server has ended it. */
  ended: Promise<void>
  close(): void
}

/** Opens an event stream and keeps all that comes. */
export async function openTestStream(url: string, init: RequestInit = {}): Promise<TestStream> {
  const abort = new AbortController()
  const response = await fetch(url, {
    ...init,
    headers: { Accept: 'text/event-stream', ...init.headers },
    signal: abort.signal,
  })
  const events: EventSourceMessage[] = []
  const comments: string[] = []
  const watchers = new Set<() => void>()
  const parser = createParser({
    onEvent: event => void events.push(event),
    onComment: comment => void comments.push(comment),
  })
  const ended = read()

  async function read(): Promise<void> {
    const decoder = new TextDecoder()
    try {
      for await (const chunk of response.body!) {
        parser.feed(decoder.decode(chunk, { stream: true }))
        for (const watcher of watchers) watcher()
      }
    } catch {
      // Cut, by either side.
    }
  }

  function until<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const watcher = () => {
        const found = look()
        if (found === undefined) return
        watchers.delete(watcher)
        resolve(found)
      }
      watchers.add(watcher)
      watcher()
      ended.then(
        () =>
          watchers.has(watcher) && reject(new Error(`the stream ended; it had ${JSON.stringify(events)}`)),
      )
    })
  }

  return {
    events,
    comments,
    response,
    waitFor: fits => until(() => events.find(fits)),
    waitForCount: (count, fits = () => true) =>
      until(() => {
        const found = events.filter(fits)
        return found.length >= count ? found : undefined
      }),
    ended,
    close: () => abort.abort(),
  }
}

/** @returns a message event's text. */
export function textOf(event: EventSourceMessage): string {
  return JSON.parse(event.data).data.message
}

/** Messages only: events without a name. */
export const isMessage = (event: EventSourceMessage) => event.event === undefined

/** A `meta` event of this type. */
export const isMeta = (type: string) => (event: EventSourceMessage) =>
  event.event === 'meta' && JSON.parse(event.data).type === type
