import { streamError } from './errors.ts'
import { noop, root } from './platform.ts'
import type { Transport } from './transport.ts'

/** How long to wait for the body of a refused response, in ms: it may never end. */
const PEEK_TIME = 2000

/** Reads the response with fetch, piece by piece, and no faster than the sink wants. */
export const fetchTransport: Transport = (request, sink) => {
  const controller = new AbortController()
  let over = false

  const abort = () => {
    over = true
    controller.abort()
  }
  const broke = (cause: unknown) => {
    if (over) return
    abort()
    sink.end(
      streamError('network', `The connection failed: ${(cause as Error)?.message || cause}`, { cause }),
    )
  }

  const send = request.fetch || root.fetch
  const init: RequestInit = {
    method: request.method,
    headers: request.headers,
    credentials: request.credentials,
    cache: 'no-store',
    signal: controller.signal,
  }
  if (request.body != null) init.body = request.body

  // Within then(), so that what fetch throws at once comes to `broke` as well.
  Promise.resolve()
    .then(() => send(request.url, init))
    .then(response => {
      if (over) return
      const accepted = sink.head({
        status: response.status,
        url: response.url,
        header: name => response.headers.get(name),
      })
      if (over) return
      if (!accepted) {
        peek(response, request.peek).then(body => {
          if (over) return
          abort()
          sink.refused(body)
        })
        return
      }
      if (!response.body) {
        over = true
        sink.end()
        return
      }
      const reader = response.body.getReader()
      // Each read starts the next without being chained to it: a chain would grow as long as the stream lives.
      const read = () => {
        if (!over) reader.read().then(take).then(undefined, broke)
      }
      const take = ({ done, value }: ReadableStreamReadResult<Uint8Array>) => {
        if (over) return
        if (done) {
          over = true
          sink.end()
          return
        }
        const wait = sink.chunk(value)
        if (wait) wait.then(read)
        else read()
      }
      read()
    })
    .then(undefined, broke)

  return abort
}

/** The first bytes of a body, as text; what has come of them, if it breaks or takes too long. */
function peek(response: Response, bytes: number): Promise<string> {
  const { body } = response
  if (!body || bytes <= 0) return Promise.resolve('')
  return new Promise(resolve => {
    const reader = body.getReader()
    const decoder = new TextDecoder()
    let text = ''
    let left = bytes
    const finish = () => {
      clearTimeout(timer)
      reader.cancel().then(noop, noop)
      resolve(text)
    }
    const timer = setTimeout(finish, PEEK_TIME)
    const read = () => {
      reader.read().then(({ done, value }) => {
        if (done) return finish()
        text += decoder.decode(value.subarray(0, left), { stream: true })
        left -= value.length
        if (left > 0) read()
        else finish()
      }, finish)
    }
    read()
  })
}
