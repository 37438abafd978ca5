import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineSchema } from '../fragments.ts'
import { parseEchoCodes } from './echo-codes.ts'
import { readEchoLine } from './echo-live.ts'
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

  test('pictures of its gallery, counted from 0; one that there is not stays as typed', () => {
    const images = [{ url: '/cat.png', isAbsolute: false }, { url: 'images/b.png' }]
    const picture = { url: '/cat.png', marginLeft: 0.5, marginRight: 0.5 }
    expect(parseEchoCodes('a@b@{sys:img:0}b@r@{sys:img:1}@{sys:img:2}', images)).toEqual([
      { text: 'a' },
      { image: picture, style: { bold: true } },
      { text: 'b', style: { bold: true } },
      { text: '[images/b.png]' },
      { text: '@{sys:img:2}' },
    ])
    expect(readMessage({ format: 'echo-live', message: '@{sys:img:0}', images })).toEqual([
      { fragments: [{ image: picture }] },
    ])
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
        { sprite: { name: 'otone', expression: 'idle', scene: 'full', effect: 'fade', duration: 250 } },
        { text: '乙说' },
        { next: true },
      ],
    })
    expect(lineSchema.parse(line)).toEqual(line)
  })

  const styled = (fragment: object) => {
    const [first] = readEchoLine({ message: { text: 'x', ...fragment } }).fragments
    return first !== undefined && 'style' in first ? first.style : undefined
  }

  test.each([
    ['night-fade', ['#fbc2eb', '#a18cd1']],
    ['spring-warmth', ['#ffd1ff', '#fad0c4']],
    ['sunny-morning', ['#f6d365', '#fda085']],
    ['winter-neva', ['#a1c4fd', '#c2e9fb']],
    ['dusty-grass', ['#d4fc79', '#96e6a1']],
    ['heavy-rain', ['#e2ebf0', '#cfd9df']],
    ['red-salvation', ['#453a94', '#f43b47']],
    ['premium-dark', ['#434343', '#000']],
    ['mountain-rock', ['#868f96', '#596164']],
    ['juicy-peach', ['#ffecd2', '#fcb69f']],
    ['fly-high', ['#6f86d6', '#48c6ef']],
    ['aqua-splash', ['#80d0c7', '#13547a']],
    ['salt-mountain', ['#fffeff', '#d7fffe']],
    ['perfect-blue', ['#3d4e81', '#5753c9', '#6e7ff3']],
  ])('its gradient %s is one of ours, from the top of the letters down', (name, gradient) => {
    expect(styled({ class: `echo-text-gradient-${name}` })).toEqual({ gradient, gradientDown: true })
    expect(parseEchoCodes(`@<gradient-${name}>x`)).toEqual([
      { text: 'x', style: { gradient, gradientDown: true } },
    ])
  })

  test.each<[string, object]>([
    [
      'echo-text-shine-gold',
      { gradient: ['#faebc0', '#e2b52c', '#f5cd55'], gradientDown: true, gleam: true },
    ],
    ['echo-text-rock-y', { animation: 'wave', strength: 1 }],
    ['echo-text-roll-down', { animation: 'flip' }],
    ['echo-text-orbit-3', { animation: 'orbit', strength: 3 }],
    ['echo-text-strikethrough echo-text-emphasis', { strike: true, dots: true }],
    ['echo-text-size-extra-large echo-text-weight-demi-light', { size: 2, weight: 350 }],
    ['echo-text-stretch-condensed', { stretch: 75 }],
    ['echo-text-letter-spacing-half-width', { spacing: 0.5 }],
    ['neon echo-text-mine', { classes: ['neon', 'mine'] }],
  ])('class %s', (names, style) => {
    expect(styled({ class: names })).toEqual(style)
  })

  test.each<[object, object]>([
    [{ style: 'text-decoration: line-through' }, { strike: true }],
    [{ rock: 'y' }, { animation: 'wave', strength: 1 }],
    [{ weight: 'extra-heavy' }, { weight: 950 }],
    [{ weight: 'book' }, { weight: 400 }],
    [{ shadow: {} }, { shadow: { x: 0, y: 0, blur: 0.25, color: '#000' } }],
    [
      { shadow: { x: '0.1em', y: '0.05em', color: 'red' } },
      { shadow: { x: 0.1, y: 0.05, blur: 0.25, color: 'red' } },
    ],
  ])('style %j', (style, expected) => {
    expect(styled({ style })).toEqual(expected)
  })

  test('an emote and a picture stand before the text of their fragment, as its editor writes them', () => {
    const size = { width: { max: '3em', min: '1em' }, height: { value: '64px', max: '3em' } }
    expect(
      readEchoLine({
        message: [
          { text: '你好', style: { bold: true }, data: { emoji: 'cats:smile' } },
          { text: '看', data: { image: { url: '/a.png', size, margin: { left: '0em', right: '1em' } } } },
        ],
      }).fragments,
    ).toEqual([
      { emote: 'cats:smile', style: { bold: true } },
      { text: '你好', style: { bold: true } },
      {
        image: {
          url: '/a.png',
          maxWidth: 3,
          minWidth: 1,
          height: 2,
          maxHeight: 3,
          marginLeft: 0,
          marginRight: 1,
        },
      },
      { text: '看' },
    ])
  })

  test('both spellings of going on by itself, and custom data of the line', () => {
    const next = [{ text: 'x' }, { next: true }]
    expect(readEchoLine({ message: { text: 'x', data: { printEnd: 'next' } } }).fragments).toEqual(next)
    expect(
      readEchoLine({ message: { text: 'x', data: { action: { printEnd: 'next' } } } }).fragments,
    ).toEqual(next)
    expect(
      readEchoLine({ message: 'x', data: { customData: { action: { printEnd: 'next' } } } }).fragments,
    ).toEqual(next)
    expect(readEchoLine({ message: 'x', data: { customData: { emoji: 'hi' } } }).fragments).toEqual([
      { emote: 'hi' },
      { text: 'x' },
    ])
    expect(readEchoLine({ message: { text: 'x', data: { printEnd: 'stop' } } }).fragments).toEqual([
      { text: 'x' },
    ])
  })

  test('a number is text', () => {
    expect(readEchoLine({ message: [2026, { text: 7, style: { bold: true } }] }).fragments).toEqual([
      { text: '2026' },
      { text: '7', style: { bold: true } },
    ])
  })

  const sprite = (character: object) => readEchoLine({ message: { data: { character } } }).fragments

  test.each<[object, object]>([
    [
      { position: 'center top -15vh', size: '160vh' },
      { position: 'center', y: 27.222, size: 1.6 },
    ],
    [
      { position: 'right 10vw bottom 108px', size: '86%' },
      { position: 'right', x: -10, y: -10, size: 0.86 },
    ],
    [
      { position: '20% 50%', size: 'auto 50vh', repeat: 'repeat-x' },
      { position: 'left', size: 0.5, repeat: 'x' },
    ],
    [
      { repeat: 'repeat', size: '64px' },
      { repeat: 'both', size: 0.059 },
    ],
    [{ repeat: 'round no-repeat' }, { repeat: 'x' }],
    [{ repeat: 'no-repeat space' }, { repeat: 'y' }],
    [{ repeat: 'no-repeat' }, { repeat: 'none' }],
    [{ repeat: 'often' }, {}],
    [
      { position: '80% 5vh', size: 'contain' },
      { position: 'right', y: 5 },
    ],
    [{ position: 'top', size: 'cover' }, {}],
    [{ position: 3, size: '9999vh' }, { size: 5 }],
  ])('a figure laid out as a background: %j', (image, expected) => {
    expect(sprite({ custom: true, image: { url: '/a.png', ...image } })).toEqual([
      { sprite: { url: '/a.png', ...expected } },
    ])
  })

  test('how a figure comes', () => {
    const effect = { name: 'fade-in', scale: 2, timingFunction: 'cubic-bezier(0.34,1.56,0.64,1)' }
    expect(sprite({ avatar: { name: 'otone', scene: 'face_cu' }, effect })).toEqual([
      { sprite: { name: 'otone', scene: 'closeup', effect: 'fade', amount: 2, easing: 'ease-out-back' } },
    ])
    expect(sprite({ avatar: { name: 'a' }, effect: { timingFunction: 'ease-in' } })).toEqual([
      { sprite: { name: 'a', easing: 'ease-in' } },
    ])
    expect(sprite({ avatar: { name: 'a' }, effect: { timingFunction: 'steps(2)' } })).toEqual([
      { sprite: { name: 'a' } },
    ])
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

test('numbers may be texts, as older files have them', () => {
  const line = { message: [{ text: 'a', pause: '10', speed: '50' }], data: { printSpeed: '120' } }
  expect(readEchoLine(line)).toEqual({
    tick: 120,
    fragments: [{ text: 'a', style: { tick: 50 } }, { pause: 1200 }],
  })
  expect(readEchoLine({ message: 'a', data: { printSpeed: 'fast' } }).tick).toBeUndefined()
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
    ['an empty queue beside a text', { messages: [], message: 'a' }, [{ fragments: [{ text: 'a' }] }]],
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
