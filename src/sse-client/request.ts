import type { StreamHeaders } from './event-stream-options.ts'

/** The caller's headers as pairs, with the defaults that it has not set and that are not empty. */
export function headerPairs(
  headers: StreamHeaders | undefined,
  defaults: Record<string, string>,
): [string, string][] {
  const pairs: [string, string][] = []
  const given: Record<string, true> = {}
  const add = (value: string, name: string) => {
    given[name.toLowerCase()] = true
    pairs.push([name, value])
  }
  if (Array.isArray(headers)) for (const [name, value] of headers) add(value, name)
  else if (headers && typeof (headers as Headers).forEach === 'function') (headers as Headers).forEach(add)
  else if (headers) {
    for (const name of Object.keys(headers)) add((headers as Record<string, string>)[name] as string, name)
  }
  for (const name of Object.keys(defaults)) {
    const value = defaults[name]
    if (value && !given[name.toLowerCase()]) pairs.push([name, value])
  }
  return pairs
}

/**
 * An id as a header's value: its UTF-8 bytes, one character each, as fetch and XMLHttpRequest want them.
 * An id with half a surrogate pair has no UTF-8 form; it goes with U+FFFD in its place.
 */
export function idAsHeader(id: string): string {
  return encode(id).replace(/%([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** The URL with a query parameter set anew, its fragment dropped (it is never sent). */
export function withParam(url: string, name: string, value: string): string {
  const [address = ''] = url.split('#')
  const question = address.indexOf('?')
  const path = question < 0 ? address : address.slice(0, question)
  const key = encode(name)
  const others = question < 0 ? [] : address.slice(question + 1).split('&')
  const kept = others.filter(pair => pair !== '' && pair.split('=')[0] !== key)
  return `${path}?${kept.concat(`${key}=${encode(value)}`).join('&')}`
}

function encode(text: string): string {
  return encodeURIComponent(
    text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g, part =>
      part.length === 2 ? part : '\ufffd',
    ),
  )
}
