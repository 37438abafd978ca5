import { LIMITS } from '../../../shared/limits.ts'
import { textBytes } from '../../../shared/message.ts'

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
  let most = 0
  for (const line of lines) most = Math.max(most, textBytes(line) - LIMITS.messageBytes)
  return most
}
