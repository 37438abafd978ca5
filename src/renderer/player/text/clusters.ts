/**
 * Where a line may break, roughly as `line-break: strict` does it. Needed where graphemes become boxes of their own
 * (to move, or to arrive with a movement): between boxes a browser would break anywhere, in the middle of words too.
 */

/** May not begin a line: closing marks, small kana, the long vowel mark, ellipses and dashes. */
const NON_STARTER =
  /^[、。，．,.!?！？；：;:・…‥—―－–」』）)】〕》〉\]}”’々〻ゝゞヽヾーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ%％℃°~～]/
/** May not end a line: opening marks. */
const NON_ENDER = /^[「『（([{【〔《〈“‘￥＄$£]/
/** Han, kana, hangul, full-width forms, emoji: a line may break at either side. */
const FREE =
  /^[\u2e80-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\u{1f000}-\u{1faff}\u{20000}-\u{3ffff}]/u

/** Whether a line may break between two neighbouring graphemes. */
export function breaksBetween(before: string, after: string): boolean {
  if (/^\s/.test(after)) return false
  if (/^\s/.test(before)) return true
  if (NON_STARTER.test(after) || NON_ENDER.test(before)) return false
  if (FREE.test(before) || FREE.test(after)) return true
  return before === '-'
}

/** Marks of a mood, which come in rows: 不要啊！！！！！！ */
const MOOD = /^[。！？!?～~]$/

/**
 * Whether a row of marks may break before this one: two stay with their word, those behind may go to the next line.
 * Else the word would go there with the whole row, or half the line stay empty.
 */
export function breaksRow(parts: readonly string[], index: number): boolean {
  return [index, index - 1, index - 2].every(at => MOOD.test(parts[at] ?? ''))
}

/** Graphemes grouped so that lines break between groups only. */
export function clusters(parts: readonly string[]): string[][] {
  const groups: string[][] = []
  parts.forEach((part, index) => {
    const last = groups[groups.length - 1]
    if (last === undefined || breaksBetween(parts[index - 1]!, part) || breaksRow(parts, index))
      groups.push([part])
    else last.push(part)
  })
  return groups
}
