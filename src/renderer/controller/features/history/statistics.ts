import type { Message } from '../../../../shared/message.ts'
import { readableText } from '../../desk/message-text.ts'
import { countCharacters } from '../../lib/count-characters.ts'

/** What a room's lines add up to. Characters are what readers call so (grapheme clusters). */
export interface Statistics {
  lines: number
  characters: number
  /** Of a line, rounded. */
  average: number
  longest: { speaker: string; text: string; characters: number } | null
  /** Epoch milliseconds of the first and the last line; null without lines. */
  first: number | null
  last: number | null
  /** Most lines first. */
  speakers: { name: string; lines: number; characters: number }[]
  /** By day of this computer's time zone, `2026-01-05`, oldest first; days without lines are left out. */
  days: { day: string; lines: number; characters: number }[]
  /** Lines by hour of the day, 0 to 23. */
  hours: number[]
}

/** @param dayOf the day and the hour of a moment, in the reader's time zone */
export function addUp(
  messages: readonly Message[],
  dayOf: (time: number) => { day: string; hour: number },
): Statistics {
  const speakers = new Map<string, { lines: number; characters: number }>()
  const days = new Map<string, { lines: number; characters: number }>()
  const hours = Array.from({ length: 24 }, () => 0)
  let characters = 0
  let longest: Statistics['longest'] = null
  let first: number | null = null
  let last: number | null = null

  function count(
    into: Map<string, { lines: number; characters: number }>,
    key: string,
    length: number,
  ): void {
    const entry = into.get(key) ?? { lines: 0, characters: 0 }
    entry.lines++
    entry.characters += length
    into.set(key, entry)
  }

  for (const { speaker, data, time } of messages) {
    const text = readableText(data)
    const length = countCharacters(text)
    const { day, hour } = dayOf(time)
    characters += length
    count(speakers, speaker, length)
    count(days, day, length)
    hours[hour]!++
    if (!longest || length > longest.characters) longest = { speaker, text, characters: length }
    first = Math.min(first ?? time, time)
    last = Math.max(last ?? time, time)
  }
  return {
    lines: messages.length,
    characters,
    average: messages.length === 0 ? 0 : Math.round(characters / messages.length),
    longest,
    first,
    last,
    speakers: [...speakers]
      .map(([name, sums]) => ({ name, ...sums }))
      .sort((a, b) => b.lines - a.lines || b.characters - a.characters),
    days: [...days].map(([day, sums]) => ({ day, ...sums })).sort((a, b) => (a.day < b.day ? -1 : 1)),
    hours,
  }
}

/** The days as a table that spreadsheets open. */
export function daysAsCsv({ days }: Pick<Statistics, 'days'>): string {
  return [
    'day,lines,characters',
    ...days.map(({ day, lines, characters }) => `${day},${lines},${characters}`),
  ]
    .map(row => `${row}\r\n`)
    .join('')
}
