import { LIMITS } from '../../../../shared/limits.ts'
import { textBytes } from '../../../../shared/message.ts'

/**
 * Cuts what was typed into messages.
 * @param lineEach each line of its own; else the whole as one.
 * @returns no empty lines; nothing for blank text.
 */
export function toLines(text: string, lineEach: boolean): string[] {
  const whole = text.replace(/\r\n?/g, '\n')
  if (!lineEach) return whole.trim() === '' ? [] : [whole.replace(/^\n+|\s+$/g, '')]
  return whole
    .split('\n')
    .map(line => line.trimEnd())
    .filter(line => line.trim() !== '')
}

/** Bytes by which the longest of the lines exceeds the limit of one message; 0 when all fit. */
export function excessBytes(lines: string[]): number {
  return Math.max(0, ...lines.map(line => textBytes(line) - LIMITS.messageBytes))
}

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
