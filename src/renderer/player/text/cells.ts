import type { Fragment } from '../../../shared/fragments.ts'
import { graphemes } from '../../../shared/graphemes.ts'

/** One step of the typewriter: a grapheme of a text fragment, or an emote or image as a whole. */
export interface Cell {
  /** Index of its fragment. */
  fragment: number
  /** UTF-16 offset within the fragment's text behind this grapheme; 1 for an emote or image. */
  end: number
  /** The grapheme; empty for an emote or image. */
  text: string
}

/** The last long text that was cut: text that is still being written comes again and again, with a little more. */
let known = { text: '', parts: [] as string[] }
const LONG = 200

function cut(text: string): readonly string[] {
  if (text === known.text) return known.parts
  if (text.length < LONG) return graphemes(text)
  if (known.text !== '' && text.startsWith(known.text)) {
    // What follows may join its last grapheme.
    const last = known.parts[known.parts.length - 1]!
    const rest = text.slice(known.text.length - last.length)
    known = { text, parts: [...known.parts.slice(0, -1), ...graphemes(rest)] }
  } else known = { text, parts: [...graphemes(text)] }
  return known.parts
}

/** The cells of `fragments` from index `from` on, in reading order. */
export function cellsOf(fragments: readonly Fragment[], from = 0): Cell[] {
  const cells: Cell[] = []
  for (let index = from; index < fragments.length; index++) {
    const fragment = fragments[index]!
    if ('text' in fragment) {
      let end = 0
      for (const text of cut(fragment.text)) {
        end += text.length
        cells.push({ fragment: index, end, text })
      }
    } else if ('emote' in fragment || 'image' in fragment) {
      cells.push({ fragment: index, end: 1, text: '' })
    }
  }
  return cells
}

/** What stands in a box as plain text: for screen readers, titles and the log. */
export function plainText(fragments: readonly Fragment[]): string {
  return fragments
    .map(fragment => {
      if ('text' in fragment) return fragment.text
      if ('emote' in fragment) return `:${fragment.emote}:`
      if ('image' in fragment) return fragment.image.alt ?? ''
      return ''
    })
    .join('')
}
