import { streamError } from './errors.ts'
import { root } from './platform.ts'
import type { Transport } from './transport.ts'

type BodyReader = ReadableStreamDefaultReader<Uint8Array>

/** Reads the response with fetch, piece by piece, and no faster than the sink wants. */
export const fetchTransport: Transport = (request, sink) => {
  const { url, method, headers, body, credentials } = request
  const send = request.fetch || root.fetch
  const controller = new AbortController()
  let over = false

  // The cache mode below has browsers and Node say so themselves; Bun and Deno do not. In a page the header would have
  // other origins asked for leave first.
  if (!root.location) headers.push(['Cache-Control', 'no-cache'])

  const broke = (cause: unknown) => {
    if (!over) sink.end(streamError('network', { cause }))
  }

  // Each read starts the next without being chained to it: a chain would grow as long as the stream lives.
  const read = (reader: BodyReader) => {
    if (over) return
    reader
      .read()
      .then(({ done, value }) => {
        if (over) return
        if (done) return sink.end()
        const wait = sink.chunk(value)
        if (wait) wait.then(() => read(reader))
        else read(reader)
      })
      .then(undefined, broke)
  }

  // Within then(), so that what fetch throws at once comes to `broke` as well.
  Promise.resolve()
    .then(() =>
      send(url, {
        method,
        headers,
        body: body as BodyInit,
        credentials,
        cache: 'no-store',
        signal: controller.signal,
      }),
    )
    .then(response => {
      if (over) return
      const reader = response.body?.getReader()
      const head = {
        status: response.status,
        url: response.url,
        header: (name: string) => response.headers.get(name),
      }
      if (!sink.head(head, bytes => peek(reader, bytes)) || over) return
      if (reader) read(reader)
      else sink.end()
    })
    .then(undefined, broke)

  return () => {
    over = true
    controller.abort()
  }
}

/** The first piece of a body, as text; '' if there is none. */
function peek(reader: BodyReader | undefined, bytes: number): Promise<string> {
  if (!reader) return Promise.resolve('')
  return reader.read().then(
    ({ value }) => new TextDecoder().decode(value?.subarray(0, bytes)),
    () => '',
  )
}
