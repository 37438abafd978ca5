import { describe, expect, it } from 'vitest'
import { createParser, type ParsedEvent, type ParserOptions } from './parser.ts'

/** Parses pieces and returns the events. */
function parse(pieces: (string | Uint8Array)[], options: ParserOptions = {}): ParsedEvent[] {
  const events: ParsedEvent[] = []
  const parser = createParser({ onEvent: event => events.push(event), ...options })
  for (const piece of pieces) parser.push(piece)
  return events
}

const data = (...pieces: (string | Uint8Array)[]) => parse(pieces).map(event => event.data)
const bytes = (text: string) => new TextEncoder().encode(text)

describe('parser: lines', () => {
  it('ends lines at LF, CR and CRLF, mixed', () => {
    expect(data('data:a\n\ndata:b\r\rdata:c\r\n\r\ndata:d\r\n\ndata:e\n\r\n')).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ])
  })

  it('takes a CRLF that is cut in two for one line ending', () => {
    expect(data('data:a\r', '\ndata:b\r', '\n\r', '\n')).toEqual(['a\nb'])
  })

  it('takes a CR at the end of a chunk at once, without waiting for an LF', () => {
    expect(data('data:a\r\r')).toEqual(['a'])
  })

  it('does not take an LF after another character for the second half of a CRLF', () => {
    expect(data('data:a\r', 'data:b\n', '\n')).toEqual(['a\nb'])
  })

  it('drops one byte order mark at the beginning, not two', () => {
    expect(data('\ufeffdata:a\n\n')).toEqual(['a'])
    expect(data('\ufeff\ufeffdata:a\n\ndata:b\n\n')).toEqual(['b'])
    expect(data(bytes('\ufeffdata:a\n\n'))).toEqual(['a'])
    expect(data(bytes('\ufeff\ufeffdata:a\n\ndata:b\n\n'))).toEqual(['b'])
    expect(data('data:a\n\n\ufeffdata:b\n\n')).toEqual(['a'])
  })

  it('drops a last event without its blank line', () => {
    expect(data('data:a\n\ndata:b\n')).toEqual(['a'])
    expect(data('data:a\n\ndata:b')).toEqual(['a'])
  })

  it('gives the same events however bytes are cut', () => {
    const stream = bytes('\ufeffid: é\r\nevent: 変化\ndata: 漢字🎉\rdata\n\r\n: c\ndata:x\n\n')
    const whole = parse([stream])
    expect(whole).toHaveLength(2)
    for (let first = 0; first <= stream.length; first++)
      for (let second = first; second <= stream.length; second++)
        expect(
          parse([stream.subarray(0, first), stream.subarray(first, second), stream.subarray(second)]),
        ).toEqual(whole)
  })
})

describe('parser: bytes', () => {
  it('keeps half a character over an empty chunk', () => {
    const [first, ...rest] = new TextEncoder().encode('冲')
    const seen: string[] = []
    const parser = createParser({ onEvent: event => seen.push(event.data) })
    parser.push('data:')
    for (const bytes of [[first!], [], rest, [10, 10]]) parser.push(Uint8Array.from(bytes))
    expect(seen).toEqual(['冲'])
  })

  it('drops a byte order mark that comes byte by byte', () => {
    const seen: string[] = []
    const parser = createParser({ onEvent: event => seen.push(event.data) })
    for (const byte of new TextEncoder().encode('\ufeffdata:a\n\n')) parser.push(Uint8Array.of(byte))
    expect(seen).toEqual(['a'])
  })
})

describe('parser: fields', () => {
  it('joins data lines by line feeds and keeps empty ones', () => {
    expect(data('data\ndata\n\ndata:\n\ndata: a\ndata:\ndata:  b\n\n')).toEqual(['\n', '', 'a\n\n b'])
  })

  it('removes one space after the colon, no other white space', () => {
    expect(data('data:  a\n\ndata:\ta\n\n')).toEqual([' a', '\ta'])
  })

  it('knows field names by their exact letters', () => {
    expect(data('DATA:a\ndata :b\n data:c\ndatas:d\ndat:e\n\ndata:f\n\n')).toEqual(['f'])
  })

  it('names events by `event`, anew for each', () => {
    const events = parse(['event:a\ndata:1\n\ndata:2\n\nevent:b\n\ndata:3\n\nevent:c\nevent\ndata:4\n\n'])
    expect(events.map(event => event.type)).toEqual(['a', 'message', 'message', 'message'])
  })

  it('keeps the id over events, and tells which event carried it', () => {
    const events = parse(['id:1\ndata:a\n\ndata:b\n\nid:2\n\ndata:c\n\nid\ndata:d\n\n'])
    expect(events.map(event => [event.id, event.lastEventId])).toEqual([
      ['1', '1'],
      [undefined, '1'],
      [undefined, '2'],
      ['', ''],
    ])
  })

  it('ignores an id with NUL, and sets no id before its event is complete', () => {
    const parser = createParser({ lastEventId: '0' })
    parser.push('id:a\0b\ndata:x\n\n')
    expect(parser.lastEventId).toBe('0')
    parser.push('id:1\ndata:x\n')
    expect(parser.lastEventId).toBe('0')
    parser.push('\n')
    expect(parser.lastEventId).toBe('1')
  })

  it('takes `retry` of ASCII digits only', () => {
    const times: number[] = []
    parse(['retry:10\nretry: 020\nretry:\nretry\nretry:1x\nretry:-1\nretry:1.5\nretry:1e3\nretry:٣\n'], {
      onRetry: ms => times.push(ms),
    })
    expect(times).toEqual([10, 20])
  })

  it('gives comments, without the colon and one space', () => {
    const comments: string[] = []
    parse([':\n: a\n:b\n:  c\n'], { onComment: comment => comments.push(comment) })
    expect(comments).toEqual(['', 'a', 'b', ' c'])
  })
})

describe('parser: limits', () => {
  it.each([
    ['a line', ['data:12345678\n\n']],
    ['a line in pieces', ['data:', '1234', '5678']],
    ['data lines together', ['data:1234\ndata:5678\ndata:9\n\n']],
    ['a comment', [':12345678901\n']],
  ])('refuses %s beyond the limit with a typed error', (_, pieces) => {
    expect(() => parse(pieces, { maxEventSize: 10 })).toThrow(expect.objectContaining({ code: 'too-large' }))
  })

  it('counts each event by itself', () => {
    expect(parse(['data:1234\n\n'.repeat(100)], { maxEventSize: 10 })).toHaveLength(100)
  })

  it('counts a comment that nobody hears, in pieces too, and not what comes after it', () => {
    const comment = [':', '12', '3456', '789']
    for (const rest of [['0', '\n'], ['0\n']])
      expect(() => parse([...comment, ...rest], { maxEventSize: 10 })).toThrow(
        expect.objectContaining({ code: 'too-large' }),
      )
    expect(parse([...comment, '\ndata:1\n\n'], { maxEventSize: 10 })).toHaveLength(1)
  })

  it('leaves the rest of a chunk unread when a call back for a comment or a time resets', () => {
    for (const line of [': a', 'retry: 1'])
      for (const ending of ['\n', '\r\n']) {
        const seen: string[] = []
        const reset = () => parser.reset()
        const parser = createParser({
          onEvent: event => seen.push(event.data),
          onComment: reset,
          onRetry: reset,
        })
        parser.push(['data:lost', line, 'data:not read', '', 'data:nor this', '', ''].join(ending))
        parser.push('data:b\n\n')
        expect(seen).toEqual(['b'])
      }
  })

  it('parses a new stream after reset, also from within a call back', () => {
    const seen: string[] = []
    const parser = createParser({
      onEvent(event) {
        seen.push(event.data)
        if (event.data === 'last') parser.reset()
      },
    })
    parser.push('data:a\n\ndata:last\n\ndata:not read\n\n')
    parser.push('\ufeffdata:b\n\n')
    expect(seen).toEqual(['a', 'last', 'b'])
  })
})
