import { createParser as createPeer } from 'eventsource-parser'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyText } from '../../test/support/any-text.ts'
import { createParser } from './parser.ts'

/** Streams a run: `SSE_FUZZ_RUNS=1000000` for the long form. */
const RUNS = Number(process.env.SSE_FUZZ_RUNS) || 3000

type Seen = ['event', string, string, string | undefined] | ['comment', string] | ['retry', number]

/** Pieces that streams are made of: whole fields, parts of them, and what might upset a parser. */
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('\n', '\n\n', '\r', '\r\n', '\r\r', '\r\n\r\n') },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'data:',
      'data: ',
      'data',
      'event:',
      'event: ',
      'event',
      'id:',
      'id: ',
      'id',
      ':',
      ': ',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('retry:', 'retry: 10', 'retry: 0x1', 'retry', ' ', '\0', '\ufeff', 'data:\n'),
  },
  { weight: 4, arbitrary: anyText({ maxLength: 8 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 300, unit: 'grapheme' }) },
)

const stream = fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(''))
const cuts = fc.array(fc.nat(), { maxLength: 12 })

function cut<Whole extends { length: number; slice(from: number, to: number): Whole }>(
  whole: Whole,
  at: number[],
): Whole[] {
  const places = at.map(place => place % (whole.length + 1)).sort((a, b) => a - b)
  return [0, ...places].map((from, index) => whole.slice(from, places[index] ?? whole.length))
}

/** A comment that nobody hears is not kept: another way through the parser. */
function ours(chunks: (string | Uint8Array)[], hearsComments = true): Seen[] {
  const seen: Seen[] = []
  const parser = createParser({
    onEvent: ({ type, data, id }) => seen.push(['event', type, data, id]),
    ...(hearsComments && { onComment: comment => seen.push(['comment', comment]) }),
    onRetry: ms => seen.push(['retry', ms]),
  })
  for (const chunk of chunks) parser.push(chunk)
  return seen
}

function peers(chunks: string[]): Seen[] {
  const seen: Seen[] = []
  const parser = createPeer({
    onEvent: ({ event, data, id }) => seen.push(['event', event ?? 'message', data, id]),
    onComment: comment => seen.push(['comment', comment]),
    onRetry: ms => seen.push(['retry', ms]),
  })
  for (const chunk of chunks) parser.feed(chunk)
  // A CR at the very end: the peer waits for what follows, the standard does not. A line feed tells it.
  if (chunks.join('').endsWith('\r')) parser.feed('\n')
  return seen
}

it('finds what eventsource-parser finds, however strings are cut', () => {
  fc.assert(
    fc.property(stream, cuts, cuts, (whole, here, there) => {
      // What the peer takes for a byte order mark in Latin-1 is none by the standard.
      fc.pre(!whole.startsWith('\xef'))
      const expected = peers(cut(whole, there))
      expect(ours(cut(whole, here))).toEqual(expected)
      expect(ours(cut(whole, here), false)).toEqual(expected.filter(([kind]) => kind !== 'comment'))
    }),
    { numRuns: RUNS },
  )
})

it('finds the same in bytes, however cut', () => {
  fc.assert(
    fc.property(stream, cuts, cuts, (whole, here, there) => {
      const wellFormed = whole.toWellFormed()
      const bytes = new TextEncoder().encode(wellFormed)
      expect(ours(cut(bytes, here))).toEqual(ours(cut(wellFormed, there)))
    }),
    { numRuns: Math.ceil(RUNS / 2) },
  )
})
