import { streamError } from './errors.ts'
import type { Transport } from './transport.ts'

/**
 * Reads the response as XMLHttpRequest shows its progress: for engines without fetch streams.
 * It cannot be held back, and keeps the whole text in memory until the connection ends.
 */
export const xhrTransport: Transport = (request, sink) => {
  const xhr = new XMLHttpRequest()
  let over = false
  let accepted: boolean | undefined
  let taken = 0

  const peek = (bytes: number) =>
    new Promise<string>(resolve => {
      xhr.onloadend = () => resolve(xhr.responseText.slice(0, bytes))
    })

  const progress = () => {
    if (over || xhr.readyState < 2 || !xhr.status) return
    if (accepted === undefined) {
      // Read now: they are gone once it is aborted, and errors keep them.
      const all = xhr.getAllResponseHeaders()
      const header = (name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(all)?.[1] ?? null
      const head = { status: xhr.status, url: xhr.responseURL || '', header }
      accepted = sink.head(head, peek)
    }
    const text = accepted && !over ? xhr.responseText : ''
    if (text.length > taken) {
      // XMLHttpRequest has dropped one byte order mark; the parser must not take a second for the first.
      const piece = taken === 0 ? `\ufeff${text}` : text.slice(taken)
      taken = text.length
      sink.chunk(piece)
    }
  }

  const broke = () => {
    if (!over && accepted !== false) sink.end(streamError('network'))
  }

  xhr.open(request.method, request.url, true)
  // The standard has an event stream read as UTF-8 whatever charset its type claims.
  if (xhr.overrideMimeType) xhr.overrideMimeType('text/plain; charset=utf-8')
  xhr.withCredentials = request.credentials === 'include'
  for (const pair of request.headers) xhr.setRequestHeader(pair[0], pair[1])
  xhr.onreadystatechange = xhr.onprogress = progress
  xhr.onload = () => {
    progress()
    if (!over && accepted) sink.end()
  }
  xhr.onerror = xhr.onabort = broke
  xhr.send(request.body as XMLHttpRequestBodyInit | null | undefined)
  return () => {
    over = true
    xhr.abort()
  }
}
