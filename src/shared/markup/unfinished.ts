import { type IsEmote, scan, type Token } from './scan.ts'
import { readTag } from './tags.ts'

/** More than this at the end of a text is shown although it may yet become something else: a bracket that nobody closes. */
const LONGEST = 300

/** What may yet become a tag, a reading, an escape. */
const BEGUN = [/\[(?:\\[^\n]|[^[\]\n\\])*\\?$/, /\{(?:\\[^\n]|[^{}\n\\])*\\?$/, /\\$/]
const BEGUN_EMOTE = /:[\p{L}\p{M}\p{N}_+.-]{0,64}(?::[\p{L}\p{M}\p{N}_+.-]{0,64})?$/u
const BEGUN_CODE = /(?:\\|\\?@(?:\[[^\]\n]{0,10}|\{[^}\n]{0,64}|<[^>\n]{0,64})?)$/

/** Where a `[type=…]` stands that is not closed; -1 where there is none. */
function openTyped(tokens: readonly Token[]): number {
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index]!
    if (token.kind === 'close') return -1
    if (token.kind === 'open') return readTag(token.body)?.kind === 'typed' ? token.start : -1
  }
  return -1
}

/**
 * Where what a pattern finds has begun; -1 where nothing has. A bracket within a whole tag or reading, or behind a backslash,
 * begins nothing. Of the last `LONGEST` characters only: that keeps hostile text cheap.
 */
function begun(pattern: RegExp, text: string, plain: readonly Token[], from: number): number {
  for (let start = Math.max(from, text.length - LONGEST); ; start++) {
    const found = text.slice(start).search(pattern)
    if (found === -1) return -1
    start += found
    const at = start
    if (plain.some(token => token.start <= at && at < token.end)) return at
  }
}

function unfinishedFrom(text: string, isEmote: IsEmote): number {
  const tokens = scan(text, isEmote)
  const plain = tokens.filter(({ kind, end }) => kind === 'text' && end > text.length - LONGEST)
  // Behind the emotes that are whole.
  const lastEmote = tokens.findLast(({ kind }) => kind === 'emote')?.end ?? 0
  const starts = [
    ...BEGUN.map(pattern => begun(pattern, text, plain, 0)),
    begun(BEGUN_EMOTE, text, plain, lastEmote),
    openTyped(tokens),
  ]
  return Math.min(text.length, ...starts.filter(start => start !== -1))
}

/**
 * Text that is still being written, without what may yet become something else at its end: nobody sees half a tag, and
 * nothing that was typed has to go again.
 */
export function withoutUnfinished(text: string, format: unknown, isEmote: IsEmote): string {
  if (format === 'plain') return text
  if (format === 'echo-live') return text.replace(BEGUN_CODE, '')
  // Only the end matters, and a line break ends every tag.
  const line = text.lastIndexOf('\n', text.length - LONGEST) + 1
  const from = line + unfinishedFrom(text.slice(line), isEmote)
  return text.length - from > LONGEST ? text : text.slice(0, from)
}
