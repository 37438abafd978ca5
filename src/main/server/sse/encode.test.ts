import { createParser } from 'eventsource-parser'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../../../test/support/any-text.ts'
import { encodeComment, encodeEvent, encodePageEvent } from './encode.ts'
import { Frame } from './frame.ts'

interface Read {
  event?: string | undefined
  id?: string | undefined
  data: string
}

/** Reads bytes as they are cut into chunks, by a parser that is not ours. */
function read(bytes: Buffer, cuts: number[]): Read[] {
  const events: Read[] = []
  const parser = createParser({ onEvent: ({ event, id, data }) => events.push({ event, id, data }) })
  const decoder = new TextDecoder()
  let from = 0
  for (const cut of [...new Set(cuts.map(cut => cut % (bytes.length + 1)))].sort((a, b) => a - b)) {
    parser.feed(decoder.decode(bytes.subarray(from, cut), { stream: true }))
    from = cut
  }
  parser.feed(decoder.decode(bytes.subarray(from)))
  return events
}

const text = anyText({ maxLength: 200 })
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter(value => !/[\r\n\0]/.test(value))
const cuts = fc.array(fc.nat(10_000), { maxLength: 12 })

test('whatever the text, and wherever the bytes are cut, the event arrives as it was sent', () => {
  fc.assert(
    fc.property(text, name, fc.option(name, { nil: undefined }), cuts, (data, id, event, cuts) => {
      const frame = Frame.of({ id, data, ...(event === undefined ? {} : { event }) })
      const [got, ...more] = read(frame.plain, cuts)
      expect(more).toEqual([])
      expect(got).toEqual({
        id,
        event: event === 'message' ? undefined : event,
        data: data.replace(/\r\n|\r/g, '\n'),
      })
    }),
  )
})

test('text can forge neither a field nor an event', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('\r', '\n', '\r\n', 'data: x', 'id: 9', 'event: meta', ':', ' ', '\0', '﻿')),
      parts => {
        const data = parts.join('')
        const events = read(Frame.of({ id: 'a-1', data }, { id: 'a-2', data: 'next' }).plain, [])
        expect(events.map(event => event.id)).toEqual(['a-1', 'a-2'])
        expect(events[0]!.event).toBeUndefined()
      },
    ),
  )
})

test.each(['a\nb', 'a\rb', 'a\0b'])('a name or an id with a break in it is refused', value => {
  expect(() => encodeEvent({ id: value, data: '' })).toThrow(TypeError)
  expect(() => encodeEvent({ event: value, data: '' })).toThrow(TypeError)
})

test('a comment is nothing to a client, whatever it says', () => {
  fc.assert(
    fc.property(text, value => {
      expect(read(Buffer.from(encodeComment(value)), [])).toEqual([])
    }),
  )
})

test('a page’s event carries the page’s name and the whole event', () => {
  fc.assert(
    fc.property(text, data => {
      const [event] = read(Buffer.from(encodePageEvent('page-1', { id: 'a-1', data })), [])
      const [page, ...rest] = event!.data.split('\n')
      expect(event!.event).toBe('page')
      expect(page).toBe('page-1')
      expect(JSON.parse(rest.join('\n'))).toEqual({ event: 'message', id: 'a-1', data })
    }),
  )
})

test('the chunked form is one chunk of exactly the plain bytes (RFC 9112, 7.1)', () => {
  fc.assert(
    fc.property(text, data => {
      const { plain, chunked } = Frame.of({ data })
      const head = chunked.indexOf('\r\n')
      const length = Number.parseInt(chunked.toString('latin1', 0, head), 16)
      expect(length).toBe(plain.length)
      expect(chunked.subarray(head + 2, head + 2 + length).equals(plain)).toBe(true)
      expect(chunked.toString('latin1', head + 2 + length)).toBe('\r\n')
    }),
  )
})
