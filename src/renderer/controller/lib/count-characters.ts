// Absent only in Firefox before 125.
const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null

/** Counted by machine above this many UTF-16 units: nobody reads the exact number of a novel. */
const EXACT_UP_TO = 20_000

/** What a reader calls characters (grapheme clusters). */
export function countCharacters(text: string): number {
  if (!segmenter || text.length > EXACT_UP_TO) return text.length
  let count = 0
  for (const _ of segmenter.segment(text)) count++
  return count
}
