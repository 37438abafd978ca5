import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineSchema } from '../fragments.ts'
import { parseEchoCodes, readEchoLine } from './echo-live.ts'
import { readMessage } from './read-message.ts'

describe('@ codes', () => {
  test.each([
    [
      'a@bb@ic@rd',
      [
        { text: 'a' },
        { text: 'b', style: { bold: true } },
        { text: 'c', style: { bold: true, italic: true } },
        { text: 'd' },
      ],
    ],
    ['@u@sx', [{ text: 'x', style: { underline: true, strike: true } }]],
    [
      '@+a@+b@-c@-@-d',
      [
        { text: 'a', style: { size: 1.5 } },
        { text: 'b', style: { size: 2 } },
        { text: 'c', style: { size: 1.5 } },
        { text: 'd', style: { size: 0.75 } },
      ],
    ],
    [
      '@[#66ccff]蓝@[#66ccffaa]b',
      [
        { text: '蓝', style: { color: '#66ccff' } },
        { text: 'b', style: { color: '#66ccffaa' } },
      ],
    ],
    ['@{cats:smile}x', [{ emote: 'cats:smile' }, { text: 'x' }]],
    [
      '@<rainbow>x@<:mine>y',
      [
        { text: 'x', style: { rainbow: true } },
        { text: 'y', style: { rainbow: true, classes: ['mine'] } },
      ],
    ],
    ['@<wave-3>x', [{ text: 'x', style: { animation: 'wave', strength: 3 } }]],
    ['\\@b a@example.org @x @[#12] @', [{ text: '@b a@example.org @x @[#12] @' }]],
    ['@{sys:img:1}', [{ text: '@{sys:img:1}' }]],
  ])('%s', (source, fragments) => {
    expect(parseEchoCodes(source)).toEqual(fragments)
  })

  test('an address of a person is not torn up where no code stands in it', () => {
    expect(parseEchoCodes('a@c.de')).toEqual([{ text: 'a@c.de' }])
  })
})

describe('message JSON', () => {
  test('every field of a fragment has its counterpart', () => {
    const line = readEchoLine({
      message: [
        '开头',
        {
          text: '样式',
          style: {
            bold: true,
            italic: true,
            underline: true,
            strikethrough: true,
            emphasis: true,
            color: '#66CCFF',
            backgroundColor: 'rgb(1, 2, 3)',
            size: 'extra-large',
            weight: 'semi-bold',
            letterSpacing: 'full-width',
            stretch: 'condensed',
            shadow: { x: 1, y: 2, blur: 4, color: '#000' },
          },
        },
        {
          text: '你好',
          typewrite: "ni'hao",
          ruby: 'nihao',
          class: 'echo-text-jitter custom',
          speed: 80,
          pause: 10,
        },
        { text: '啊', event: 'shout' },
        { data: { emoji: 'cats:smile' } },
        {
          data: {
            image: {
              url: '/a.png',
              margin: { left: 1, right: '0.5em' },
              rendering: 'pixelated',
              width: { value: 2, max: 3, min: 1 },
              height: { value: '32px' },
            },
          },
        },
        {
          text: '乙说',
          data: {
            username: '乙',
            character: {
              avatar: { name: 'otone', action: 'idle', scene: 'full' },
              effect: { name: 'fade-in', duration: 250 },
            },
            action: { printEnd: 'next' },
          },
        },
      ],
      data: { printSpeed: 50, customData: { username: '甲' } },
    })
    expect(line).toEqual({
      tick: 50,
      fragments: [
        { speaker: '甲' },
        { text: '开头' },
        {
          text: '样式',
          style: {
            bold: true,
            italic: true,
            underline: true,
            strike: true,
            dots: true,
            color: '#66CCFF',
            background: 'rgb(1, 2, 3)',
            size: 2,
            weight: 600,
            spacing: 1,
            stretch: 75,
            shadow: { x: 0.031, y: 0.063, blur: 0.125, color: '#000' },
          },
        },
        {
          text: '你好',
          ruby: 'nihao',
          typed: "ni'hao",
          style: { animation: 'jitter', tick: 80, classes: ['custom'] },
        },
        { pause: 500 },
        { effect: 'shout' },
        { text: '啊' },
        { emote: 'cats:smile' },
        {
          image: {
            url: '/a.png',
            width: 2,
            height: 1,
            maxWidth: 3,
            minWidth: 1,
            marginLeft: 1,
            marginRight: 0.5,
            pixelated: true,
          },
        },
        { speaker: '乙' },
        { sprite: { name: 'otone', expression: 'idle', scene: 'full', effect: 'fade-in', duration: 250 } },
        { text: '乙说' },
        { next: true },
      ],
    })
    expect(lineSchema.parse(line)).toEqual(line)
  })

  test('raw CSS gives what we have words for and nothing else', () => {
    const css =
      'color: #f00; background: url(https://evil.example); font-weight: bold; position: fixed; text-decoration: underline'
    expect(readEchoLine({ message: { text: 'x', style: { style: css } } }).fragments).toEqual([
      { text: 'x', style: { underline: true, color: '#f00', weight: 700 } },
    ])
  })

  test('HTML stays text', () => {
    expect(readEchoLine({ message: '<img src=x onerror=alert(1)>@b' }).fragments).toEqual([
      { text: '<img src=x onerror=alert(1)>@b' },
    ])
  })

  test('an image of its own folder is named instead of shown', () => {
    expect(readEchoLine({ message: { data: { image: { url: 'images/a.png' } } } }).fragments).toEqual([
      { text: '[images/a.png]' },
    ])
  })

  test('whatever it is given, it gives a valid line', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (text, style, data) => {
        const line = readEchoLine({ message: [{ text, style, data, class: text, pause: 1 }, style], data })
        expect(lineSchema.safeParse(line).error).toBeUndefined()
      }),
    )
  })
})

describe('what a message shows', () => {
  test.each<[string, Record<string, unknown>, unknown]>([
    ['a string is markup', { message: '[b]x' }, [{ fragments: [{ text: 'x', style: { bold: true } }] }]],
    ['plain text is not', { message: '[b]x', format: 'plain' }, [{ fragments: [{ text: '[b]x' }] }]],
    [
      '@ codes on demand',
      { message: '@bx', format: 'echo-live' },
      [{ fragments: [{ text: 'x', style: { bold: true } }] }],
    ],
    [
      'strings in an array are lines',
      { message: ['a', '[i]b'] },
      [{ fragments: [{ text: 'a' }] }, { fragments: [{ text: 'b', style: { italic: true } }] }],
    ],
    [
      'so are arrays of fragments',
      { message: [['a', { pause: 5 }], [{ text: 'b' }]] },
      [{ fragments: [{ text: 'a' }, { pause: 5 }] }, { fragments: [{ text: 'b' }] }],
    ],
    [
      'a fragment makes the array one line',
      { message: ['a', { text: 'b', style: { bold: true } }] },
      [{ fragments: [{ text: 'a' }, { text: 'b', style: { bold: true } }] }],
    ],
    [
      'a line may have its own speaker and speed',
      { message: [{ fragments: ['a'], speaker: '乙', tick: 5 }] },
      [{ fragments: [{ text: 'a' }], speaker: '乙', tick: 5 }],
    ],
    ['one fragment by itself', { message: { text: 'a' } }, [{ fragments: [{ text: 'a' }] }]],
    [
      "Echo-Live's queue",
      { username: '甲', messages: [{ message: 'a' }, { message: 'b', data: { printSpeed: 9 } }] },
      [
        { speaker: '甲', fragments: [{ text: 'a' }] },
        { speaker: '甲', fragments: [{ text: 'b' }], tick: 9 },
      ],
    ],
    ['nothing', { from: 'Web API' }, []],
    ['an empty line is none', { message: ['', 'a'] }, [{ fragments: [{ text: 'a' }] }]],
  ])('%s', (_, data, lines) => {
    expect(readMessage(data)).toEqual(lines)
  })

  test('it never throws, and what it gives is valid', () => {
    const data = fc.record(
      {
        message: fc.anything(),
        format: fc.constantFrom('plain', 'markup', 'echo-live', undefined),
        messages: fc.option(fc.anything()),
        username: fc.anything(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(data, given => {
        for (const line of readMessage(given)) expect(lineSchema.safeParse(line).error).toBeUndefined()
      }),
    )
  })
})
