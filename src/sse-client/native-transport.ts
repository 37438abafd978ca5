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

  source.onopen = () => {
    // What it has opened is an event stream, whatever else the headers were.
    const header = (name: string) => (name === 'content-type' ? 'text/event-stream' : null)
    sink.head({ status: 200, url: source.url, header }, () => Promise.resolve(''))
  }
  source.onerror = () => {
    // Closed of itself: the answer was none of its kind, and the platform doesn't say more.
    const refused = source.readyState === 2
    source.close()
    sink.end(streamError(refused ? 'status' : 'network'))
  }
  for (const name of ['message'].concat(request.events || []))
    source.addEventListener(name, ({ type, data, lastEventId: id }) => {
      sink.event({ type, data, id: id === lastEventId ? undefined : id, lastEventId: id })
      lastEventId = id
    })
  return () => source.close()
}
