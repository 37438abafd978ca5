import type { StreamHeaders } from './event-stream-options.ts'

/** The caller's headers as pairs, with the defaults (by lower-case name) that it has not set and that are not empty. */
export function headerPairs(
  headers: StreamHeaders | undefined,
  defaults: Record<string, string>,
): [string, string][] {
  const all = defaults
  const add = (value: string, name: string) => {
    all[name.toLowerCase()] = value
  }
  if (Array.isArray(headers)) for (const pair of headers) add(pair[1], pair[0])
  else if (headers?.forEach) (headers as Headers).forEach(add)
  else
    for (const name in headers as Record<string, string>)
      add((headers as Record<string, string>)[name]!, name)
  return Object.keys(all)
    .filter(name => all[name])
    .map(name => [name, all[name]!])
}

/**
 * An id as a header's value: its UTF-8 bytes, one character each, as fetch and XMLHttpRequest want them.
 * Throws a URIError for half a surrogate pair, which cannot come from a stream of bytes.
 */
export function idAsHeader(id: string): string {
  // Old, and kept by the standard (annex B): just the reverse of what escapes bytes.
  return unescape(encodeURIComponent(id))
}

/** The URL with one more query parameter; its fragment, which is never sent, dropped. */
export function withParam(url: string, name: string, value: string): string {
  const address = url.replace(/#.*/, '')
  return `${address}${address.indexOf('?') < 0 ? '?' : '&'}${name}=${encodeURIComponent(value)}`
}
