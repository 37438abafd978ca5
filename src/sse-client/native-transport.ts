import { streamError } from './errors.ts'
import { root } from './platform.ts'
import type { Transport } from './transport.ts'

/**
 * Reads by the platform's own EventSource. Its reconnecting is not used: the retry policy is the same for every transport.
 * It tells no status and no comment, sends no header, and hears of named events only those in `events`.
 */
export const nativeTransport: Transport = (request, sink) => {
  const source = new root.EventSource(request.url, { withCredentials: request.credentials === 'include' })
  let lastEventId = ''

  const onEvent = (event: MessageEvent<string>) => {
    const id = event.lastEventId === lastEventId ? undefined : event.lastEventId
    lastEventId = event.lastEventId
    sink.event({ type: event.type, data: event.data, id, lastEventId })
  }
  source.onopen = () => {
    // What it has opened is one, whatever else the headers were.
    const header = (name: string) => (name.toLowerCase() === 'content-type' ? 'text/event-stream' : null)
    sink.head({ status: 200, url: source.url, header })
  }
  source.onerror = () => {
    // Closed of itself: the answer was no event stream, and the platform doesn't say more.
    const refused = source.readyState === 2
    source.close()
    sink.end(
      refused
        ? streamError('status', 'The server refused the stream')
        : streamError('network', 'The connection failed'),
    )
  }
  for (const name of ['message'].concat(request.events || [])) source.addEventListener(name, onEvent)
  return () => source.close()
}
