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

  const abort = () => {
    over = true
    xhr.abort()
  }

  const progress = () => {
    if (over || xhr.readyState < 2 || !xhr.status) return
    if (accepted === undefined) {
      accepted = sink.head({
        status: xhr.status,
        url: xhr.responseURL || '',
        header: name => xhr.getResponseHeader(name),
      })
      if (over) return
      if (!accepted && request.peek <= 0) {
        abort()
        sink.refused('')
        return
      }
    }
    if (accepted) {
      const text = xhr.responseText
      if (text.length > taken) {
        // XMLHttpRequest has dropped one byte order mark; the parser must not take a second for the first.
        const piece = taken === 0 ? `\ufeff${text}` : text.slice(taken)
        taken = text.length
        sink.chunk(piece)
      }
    } else if (xhr.readyState === 4 || xhr.responseText.length >= request.peek) {
      const body = xhr.responseText.slice(0, request.peek)
      abort()
      sink.refused(body)
    }
  }

  const finish = (failed: boolean) => {
    if (over) return
    over = true
    if (failed) sink.end(streamError('network', 'The connection failed'))
    else sink.end()
  }

  xhr.open(request.method, request.url, true)
  // The standard has an event stream read as UTF-8 whatever charset its type claims.
  if (xhr.overrideMimeType) xhr.overrideMimeType('text/plain; charset=utf-8')
  xhr.withCredentials = request.credentials === 'include'
  for (const [name, value] of request.headers) xhr.setRequestHeader(name, value)
  xhr.onreadystatechange = progress
  xhr.onprogress = progress
  xhr.onload = () => {
    progress()
    finish(false)
  }
  xhr.onerror = () => finish(true)
  xhr.onabort = () => finish(true)
  xhr.send(request.body as XMLHttpRequestBodyInit | null | undefined)
  return abort
}
