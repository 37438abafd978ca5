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

/** The cells of `fragments` from index `from` on, in reading order. */
export function cellsOf(fragments: readonly Fragment[], from = 0): Cell[] {
  const cells: Cell[] = []
  for (let index = from; index < fragments.length; index++) {
    const fragment = fragments[index]!
    if ('text' in fragment) {
      let end = 0
      for (const text of graphemes(fragment.text)) {
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
