/**
 * Cuts markup into tokens. Each character of the source lies in exactly one token, so nothing can get lost here.
 * Linear: looking for the end of a tag or a ruby stops where the next one begins.
 */
export type Token = { start: number; end: number } & (
  | { kind: 'text' }
  /** A backslash and the character that it makes plain. */
  | { kind: 'escape' }
  /** `[…]` or `[/…]`; `body` is what stands between the brackets, escapes untouched. */
  | { kind: 'open' | 'close'; body: string }
  /** `{base|reading}`, escapes untouched. */
  | { kind: 'ruby'; base: string; reading: string }
  /** `:name:` or `:pack:name:`, of an emote that there is */
  | { kind: 'emote'; name: string }
)

export type IsEmote = (name: string) => boolean

const ESCAPABLE = '\\[]{}|:'
/** First characters of anything but plain text. */
const SPECIAL = /[\\[{:]/g
const EMOTE = /:([\p{L}\p{M}\p{N}_+.-]{1,64}):(?:([\p{L}\p{M}\p{N}_+.-]{1,64}):)?/uy

/** Takes the backslashes of escapes away. */
export function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\([\\[\]{}|:"])/g, '$1') : text
}

/** Index of the first unescaped `end` behind `from`; -1 if a line break or another `begin` comes before it. */
function findEnd(source: string, from: number, begin: string, end: string): number {
  for (let index = from; index < source.length; index++) {
    const char = source[index]
    if (char === '\\' && source[index + 1] !== '\n') index++
    else if (char === end) return index
    else if (char === begin || char === '\n') return -1
  }
  return -1
}

/** Index of the first unescaped `|`. */
function findBar(text: string): number {
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '\\') index++
    else if (text[index] === '|') return index
  }
  return -1
}

/** `:a:b:` is the emote b of the pack a where there is one, else the emote a with text behind it. */
function emoteAt(source: string, start: number, isEmote: IsEmote): Token | null {
  EMOTE.lastIndex = start
  const match = EMOTE.exec(source)
  if (match === null) return null
  const [whole, first, second] = match
  const full = `${first}:${second}`
  if (second !== undefined && isEmote(full))
    return { kind: 'emote', name: full, start, end: start + whole.length }
  return isEmote(first!) ? { kind: 'emote', name: first!, start, end: start + first!.length + 2 } : null
}

function tokenAt(source: string, start: number, isEmote: IsEmote): Token | null {
  switch (source[start]) {
    case '\\': {
      const next = source[start + 1]
      return next !== undefined && ESCAPABLE.includes(next) ? { kind: 'escape', start, end: start + 2 } : null
    }
    case '[': {
      const end = findEnd(source, start + 1, '[', ']')
      if (end === -1) return null
      const closes = source[start + 1] === '/'
      return {
        kind: closes ? 'close' : 'open',
        body: source.slice(start + (closes ? 2 : 1), end),
        start,
        end: end + 1,
      }
    }
    case '{': {
      const end = findEnd(source, start + 1, '{', '}')
      if (end === -1) return null
      const body = source.slice(start + 1, end)
      const bar = findBar(body)
      if (bar < 1 || bar === body.length - 1) return null
      return { kind: 'ruby', base: body.slice(0, bar), reading: body.slice(bar + 1), start, end: end + 1 }
    }
    default:
      return emoteAt(source, start, isEmote)
  }
}

export function scan(source: string, isEmote: IsEmote): Token[] {
  const tokens: Token[] = []
  let textStart = 0
  let at = 0
  for (;;) {
    SPECIAL.lastIndex = at
    const match = SPECIAL.exec(source)
    if (match === null) break
    const token = tokenAt(source, match.index, isEmote)
    if (token === null) {
      at = match.index + 1
      continue
    }
    if (token.start > textStart) tokens.push({ kind: 'text', start: textStart, end: token.start })
    tokens.push(token)
    at = textStart = token.end
  }
  if (textStart < source.length) tokens.push({ kind: 'text', start: textStart, end: source.length })
  return tokens
}
