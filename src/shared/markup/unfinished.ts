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

/** Where an emote has begun, behind those that are whole. */
function openEmote(text: string, tokens: readonly Token[]): number {
  const last = tokens.filter(({ kind }) => kind === 'emote').pop()?.end ?? 0
  const start = text.slice(last).search(BEGUN_EMOTE)
  return start === -1 ? -1 : last + start
}

function unfinishedFrom(text: string, isEmote: IsEmote): number {
  const tokens = scan(text, isEmote)
  const starts = [
    ...BEGUN.map(pattern => text.search(pattern)),
    openEmote(text, tokens),
    openTyped(tokens),
  ].filter(start => start !== -1)
  let from = Math.min(text.length, ...starts)
  // A backslash before it is part of it.
  while (from > 0 && from < text.length && text[from - 1] === '\\') from--
  return from
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
