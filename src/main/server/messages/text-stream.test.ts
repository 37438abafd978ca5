import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTextStream } from './text-stream.ts'

/** Feeds the bytes cut at the given places. */
function read(contentType: string, body: string, cuts: number[] = []): string {
  const bytes = new TextEncoder().encode(body)
  const stream = createTextStream(contentType)
  const places = [...new Set([0, ...cuts.map(cut => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  )
  let text = ''
  for (let i = 1; i < places.length; i++) text += stream.push(bytes.subarray(places[i - 1], places[i]))
  return text + stream.end()
}

test('plain text survives any cut, in the middle of a character too', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat()), (text, cuts) => {
      // A byte order mark at the start belongs to the encoding, not to the text.
      fc.pre(!text.startsWith('\ufeff'))
      expect(read('text/plain', text, cuts)).toBe(text)
    }),
  )
})

test('a chat completion stream gives its contents', () => {
  const chunk = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`
  const body = `${chunk('你好')}: ping\n\n${chunk('，世界')}data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`
  fc.assert(
    fc.property(fc.array(fc.nat()), cuts => {
      expect(read('text/event-stream; charset=utf-8', body, cuts)).toBe('你好，世界')
    }),
  )
})

test('NDJSON gives strings and {text}; a last line without its line feed counts', () => {
  expect(read('application/x-ndjson', '"a"\n{"text":"b"}\n\n{"other":1}\n"c"')).toBe('abc')
})

test('a line that is no JSON is taken as it stands, so that nothing is lost', () => {
  expect(read('application/x-ndjson', 'oops\n"a"\n')).toBe('oopsa')
})
