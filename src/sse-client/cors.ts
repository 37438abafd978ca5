import { streamError } from './errors.ts'
import { noop, root } from './platform.ts'
import type { Transport, TransportSink } from './transport.ts'

/**
 * Tells a refusal by CORS from a server that is not there, which fetch reports alike. The standard has an event source
 * give up on the first and try again on the second.
 *
 * When another origin gives no head, asks it without CORS. If it answers that, the attempt is made once more, as the
 * server may just have come up; if that fails again the answer is not meant for us: an error `status`. A fetch of the
 * caller's own is left alone.
 */
export function withCorsCheck(transport: Transport): Transport {
  return (request, sink) => {
    const { url, credentials } = request
    const origin = root.location?.origin
    const controller = new AbortController()
    let abort = noop
    let over = false
    let isSuspect: unknown = !request.fetch && origin && new URL(url).origin !== origin
    let answersWithoutCors = false

    const watched: TransportSink = Object.create(sink)
    watched.head = (head, peek) => {
      isSuspect = false
      return sink.head(head, peek)
    }
    watched.end = error => {
      if (!error || !isSuspect) sink.end(error)
      else if (answersWithoutCors) sink.end(streamError('status', { cause: 'CORS' }))
      else
        root.fetch(url, { mode: 'no-cors', cache: 'no-store', credentials, signal: controller.signal }).then(
          () => {
            // That it answers is enough.
            controller.abort()
            answersWithoutCors = true
            if (!over) abort = transport(request, watched)
          },
          () => {
            if (!over) sink.end(error)
          },
        )
    }
    abort = transport(request, watched)

    return () => {
      over = true
      controller.abort()
      abort()
    }
  }
}
