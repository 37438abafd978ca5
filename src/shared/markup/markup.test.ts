import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EASING_NAMES } from '../easings.ts'
import { type Fragment, fragmentSchema, type Style, styleSchema } from '../fragments.ts'
import { POSITIONS, REPEATS } from '../sprites.ts'
import { ANIMATIONS, EFFECTS, METALS } from './names.ts'
import { parseMarkup } from './parse.ts'
import { readMessage } from './read-message.ts'
import { readFragments } from './sanitise.ts'
import { scan } from './scan.ts'
import { toMarkup } from './serialise.ts'

const parse = (source: string) =>
  parseMarkup(source, { isEmote: name => ['smile', 'cats:笑い'].includes(name) })
const shown = (fragments: Fragment[]) => fragments.map(item => ('text' in item ? item.text : '')).join('')

describe('tags', () => {
  test.each<[string, Fragment[]]>([
    ['plain', [{ text: 'plain' }]],
    ['', []],
    ['a[b]b[/b]c', [{ text: 'a' }, { text: 'b', style: { bold: true } }, { text: 'c' }]],
    [
      '[b]x[i]y[/]z',
      [
        { text: 'x', style: { bold: true } },
        { text: 'y', style: { bold: true, italic: true } },
        { text: 'z', style: { bold: true } },
      ],
    ],
    [
      '[b]x[i]y[/b]z',
      [
        { text: 'x', style: { bold: true } },
        { text: 'y', style: { bold: true, italic: true } },
        { text: 'z', style: { italic: true } },
      ],
    ],
    ['[u][s][dot]x', [{ text: 'x', style: { underline: true, strike: true, dots: true } }]],
    [
      '[#f00]红[/color][color=tomato]x',
      [
        { text: '红', style: { color: '#f00' } },
        { text: 'x', style: { color: 'tomato' } },
      ],
    ],
    ['[bg=rgb(1, 2, 3)]x', [{ text: 'x', style: { background: 'rgb(1, 2, 3)' } }]],
    [
      '[gradient=#f00,rgb(0,0,1), blue]x',
      [{ text: 'x', style: { gradient: ['#f00', 'rgb(0,0,1)', 'blue'] } }],
    ],
    [
      '[gradient=down #f00, blue]x[gradient=red, blue]y',
      [
        { text: 'x', style: { gradient: ['#f00', 'blue'], gradientDown: true } },
        { text: 'y', style: { gradient: ['red', 'blue'] } },
      ],
    ],
    ['[gleam]x[/gleam]y', [{ text: 'x', style: { gleam: true } }, { text: 'y' }]],
    [
      '[metal=Iron]x[/metal]y[metal=tin]z[metal=constructor]',
      [
        { text: 'x', style: { gradient: [...METALS.iron], gradientDown: true, gleam: true } },
        { text: 'y[metal=tin]z[metal=constructor]' },
      ],
    ],
    [
      '[sprite=alice at=left size=120% x=-5 y=2.5% effect=slide amount=2 easing=ease-out-back]',
      [
        {
          sprite: {
            name: 'alice',
            position: 'left',
            size: 1.2,
            x: -5,
            y: 2.5,
            effect: 'slide',
            amount: 2,
            easing: 'ease-out-back',
          },
        },
      ],
    ],
    ['[size=150%]x', [{ text: 'x', style: { size: 1.5 } }]],
    ['[size=99]x', [{ text: 'x', style: { size: 4 } }]],
    [
      '[+]a[+]b[-]c',
      [
        { text: 'a', style: { size: 1.5 } },
        { text: 'b', style: { size: 2 } },
        { text: 'c', style: { size: 1.5 } },
      ],
    ],
    [
      '[weight=black][spacing=.2em][stretch=150%]x',
      [{ text: 'x', style: { weight: 900, spacing: 0.2, stretch: 150 } }],
    ],
    [
      '[shadow=0.1 0 0.2 #000]x',
      [{ text: 'x', style: { shadow: { x: 0.1, y: 0, blur: 0.2, color: '#000' } } }],
    ],
    [
      '[wave]a[/][shake=3]b',
      [
        { text: 'a', style: { animation: 'wave' } },
        { text: 'b', style: { animation: 'shake', strength: 3 } },
      ],
    ],
    ['[rainbow]a', [{ text: 'a', style: { rainbow: true } }]],
    ['{漢字|かんじ}', [{ text: '漢字', ruby: 'かんじ' }]],
    ['[b]{a\\|b|c}', [{ text: 'a|b', ruby: 'c', style: { bold: true } }]],
    [':smile: :frown:', [{ emote: 'smile' }, { text: ' :frown:' }]],
    [':a:smile:', [{ text: ':a' }, { emote: 'smile' }]],
    [':smile:face:', [{ emote: 'smile' }, { text: 'face:' }]],
    [':cats:笑い:', [{ emote: 'cats:笑い' }]],
    ['[emote=cats:smile]', [{ emote: 'cats:smile' }]],
    ['10:30:45', [{ text: '10:30:45' }]],
    [
      '[img=/a.png w=2 maxh=3em alt="a \\"b\\"" pixelated]',
      [{ image: { url: '/a.png', width: 2, maxHeight: 3, alt: 'a "b"', pixelated: true } }],
    ],
    [
      'a[wait=500]b[wait 1.5s]c[wait]',
      [{ text: 'a' }, { pause: 500 }, { text: 'b' }, { pause: 1500 }, { text: 'c' }, { pause: 500 }],
    ],
    [
      '[speed=2]a[/][speed=40ms]b[/][instant]c',
      [
        { text: 'a', style: { speed: 2 } },
        { text: 'b', style: { tick: 40 } },
        { text: 'c', style: { tick: 0 } },
      ],
    ],
    ["[type=ni'hao]你好[/type]", [{ text: '你好', typed: "ni'hao" }]],
    ['[type=kanji]{漢字|かんじ}[/]', [{ text: '漢字', ruby: 'かんじ', typed: 'kanji' }]],
    ['[speaker=乙\\]]a[speaker=]', [{ speaker: '乙]' }, { text: 'a' }, { speaker: '' }]],
    ['[shout]！[next]', [{ effect: 'shout' }, { text: '！' }, { next: true }]],
    [
      '[sprite=alice face=smile at=left effect=fade duration=300]',
      [{ sprite: { name: 'alice', expression: 'smile', position: 'left', effect: 'fade', duration: 300 } }],
    ],
    ['[sprite hide]', [{ sprite: { hide: true } }]],
    [
      '[sprite url=/tile.png repeat=both size=0.05]',
      [{ sprite: { url: '/tile.png', repeat: 'both', size: 0.05 } }],
    ],
    // What can't be meant is shown, not dropped.
    ...[
      '[sprite=alice at=nowhere]',
      '[sprite=alice size=large]',
      '[sprite=alice repeat=often]',
      '[sprite=alice easing=wobbly face=smile]',
      '[sprite=alice url=x]',
      '[img=/a.png w=wide]',
    ].map((typed): [string, Fragment[]] => [typed, [{ text: typed }]]),
    ['[class=neon]x', [{ text: 'x', style: { classes: ['neon'] } }]],
    ['a[br]b\nc', [{ text: 'a\nb\nc' }]],
    ['\\[b] \\{a|b} \\:smile: \\\\ \\n ¯\\_(ツ)_/¯', [{ text: '[b] {a|b} :smile: \\ \\n ¯\\_(ツ)_/¯' }]],
  ])('%s', (source, fragments) => {
    expect(parse(source)).toEqual(fragments)
  })

  test.each([
    '[笑]',
    '[unknown=1]x',
    '[/b]',
    '[/]',
    'a[',
    'a]',
    '[]',
    '[b',
    '{a}',
    '{|b}',
    '{a|}',
    '{a|b\n}',
    '[color=url(x)]x',
    '[color=red;background:url(//x)]',
    '[color=inherit]',
    '[size=big]',
    '[wait=soon]',
    '[img=javascript:alert(1)]',
    '[img=//evil.example/a.png]',
    '[img=data:image/svg+xml;base64,AAAA]',
    '[img=/a"b.png]',
    '[type=a]b',
    '[emote=a b]',
    '[gradient=red]',
    '[gradient=down]',
    '[gradient=down red]',
    '[shadow=1 2 3 expression(x)]',
    '[constructor]',
    '[__proto__=1]',
    ':',
    '::',
    ':a',
  ])('%s is no markup: it is shown as typed', source => {
    expect(parse(source)).toEqual([{ text: source }])
  })
})

/** Text with much of what means something to the parser. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '[',
        ']',
        '[/',
        '[/]',
        '{',
        '}',
        '|',
        '\\',
        ':',
        '"',
        '=',
        '\n',
        '\t',
        '\u2028',
        '[b]',
        '[/b]',
        '[type=x]',
        '[/type]',
        '[+]',
        ':smile:',
        '{a|b}',
        '[wait=1]',
        '[#f00]',
        ' ',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 60 },
  )
  .map(parts => parts.join(''))

const colour = fc.constantFrom('#f00', '#12345678', 'tomato', 'rgb(1, 2, 3)', 'hsl(120 50% 50% / 0.5)')
const decimal = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const optional = <Shape extends Record<string, fc.Arbitrary<unknown>>>(shape: Shape) =>
  fc.record(shape, { requiredKeys: [] })
const yes = fc.constant(true as const)
const style = optional({
  bold: yes,
  italic: yes,
  underline: yes,
  strike: yes,
  dots: yes,
  rainbow: yes,
  gleam: yes,
  color: colour,
  background: colour,
  gradient: fc.array(colour, { minLength: 2, maxLength: 6 }),
  gradientDown: yes,
  size: decimal(0.25, 4),
  weight: fc.integer({ min: 1, max: 1000 }),
  spacing: decimal(-0.5, 3),
  stretch: decimal(50, 200),
  animation: fc.constantFrom(...ANIMATIONS),
  strength: fc.integer({ min: 1, max: 3 }),
  shadow: fc.record({ x: decimal(-2, 2), y: decimal(-2, 2), blur: decimal(0, 2), color: colour }),
  classes: fc.array(fc.constantFrom('neon', 'a-b'), { minLength: 1, maxLength: 3 }),
})
const paced = fc.oneof(
  style,
  fc.tuple(style, decimal(0.05, 50)).map(([rest, speed]) => ({ ...rest, speed })),
  fc.tuple(style, decimal(0, 10_000)).map(([rest, tick]) => ({ ...rest, tick })),
) as fc.Arbitrary<Style>
const url = fc.constantFrom('/a.png', 'https://example.org/a.webp?x=1&y=%20', 'data:image/png;base64,AAAA')
const length = decimal(0, 20)
const fragments = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ text: hostile, style: paced }) },
    fc.record({ text: hostile, ruby: hostile, style: paced }),
    fc.record({ text: hostile, typed: hostile, style: paced }),
    fc.record({ text: hostile, typed: hostile, ruby: hostile }),
    fc.record({ emote: fc.constantFrom('smile', 'cats:smile'), style: paced }),
    fc.record({
      image: fc.record(
        { url, alt: hostile, width: length, marginLeft: length, pixelated: yes },
        { requiredKeys: ['url'] },
      ),
      style: paced,
    }),
    fc.record({ pause: decimal(0, 60_000) }),
    fc.record({ speaker: hostile }),
    fc.record({ effect: fc.constantFrom(...EFFECTS) }),
    fc.record({
      sprite: optional({
        repeat: fc.constantFrom(...REPEATS),
        name: hostile,
        expression: hostile,
        position: fc.constantFrom(...POSITIONS),
        scene: hostile,
        url,
        effect: hostile,
        duration: decimal(0, 10_000),
        size: decimal(0.1, 5),
        x: decimal(-100, 100),
        y: decimal(-100, 100),
        amount: decimal(0, 4),
        easing: fc.constantFrom(...EASING_NAMES),
        hide: yes,
      }),
    }),
    fc.record({ next: yes }),
  ),
  { maxLength: 8 },
)

describe('emotes that there are not', () => {
  const unknownIn = (data: Record<string, unknown>) => {
    const unknown: string[] = []
    const options = {
      isEmote: (name: string) => name === 'smile',
      onUnknownEmote: (name: string) => unknown.push(name),
    }
    return { lines: readMessage(data, options), unknown }
  }

  test('show their name, and are told of', () => {
    const { lines, unknown } = unknownIn({
      message: ['[b][emote=cats:nod][/b]:smile:', { fragments: [{ emote: 'gone' }] }],
    })
    expect(lines).toEqual([
      { fragments: [{ text: ':cats:nod:', style: { bold: true } }, { emote: 'smile' }] },
      { fragments: [{ text: ':gone:' }] },
    ])
    expect(unknown).toEqual(['cats:nod', 'gone'])
    expect(unknownIn({ messages: [{ message: { data: { emoji: 'sys:ok' } } }] })).toEqual({
      lines: [{ fragments: [{ text: ':sys:ok:' }] }],
      unknown: ['sys:ok'],
    })
  })

  test.each([
    ['Hi :frown:!', ['frown']],
    ['好:cats:nod:呀', ['cats:nod']],
    [':smile: 10:30:45, a:b:c http://a:80:b \\:frown: ::', []],
  ])('typed by hand: %s', (message, names) => {
    expect(unknownIn({ message }).unknown).toEqual(names)
  })
})

describe('styles that there are not', () => {
  const told = (message: unknown) => {
    const names: string[] = []
    readMessage({ message }, { onUnknownStyle: name => names.push(name) })
    return names
  }

  test.each<[unknown, string[]]>([
    ['[glitter]闪[/glitter]', ['glitter']],
    ['[color=nope(1)]x[/color] [size=big]y[/size]', ['color=nope(1)', 'size=big']],
    ['[笑] [laughs] [1] [b]x[/b] [/i]', []],
    [
      [{ text: 'x', style: { glow: true, size: 'huge', bold: false, color: '#f00', strength: 2 } }],
      ['glow: true', 'size: "huge"'],
    ],
    [['a', [{ effect: 'explode' }]], ['explode']],
    [[{ fragments: [{ text: 'x', style: { color: 'url(x)' } }] }], ['color: "url(x)"']],
    [{ text: 'x', style: { animation: 'wave', strength: 3 } }, []],
  ])('%j', (message, names) => {
    expect(told(message)).toEqual(names)
  })
})

test('text in lists within lists is not lost', () => {
  expect(readMessage({ message: [[[['甲'], [{ text: '乙' }]]]] })).toEqual([
    { fragments: [{ text: '甲乙' }] },
  ])
})

describe('properties', () => {
  test('tokens cover the source without a gap', () => {
    fc.assert(
      fc.property(hostile, source => {
        expect(
          scan(source, name => name.length % 2 === 1)
            .map(token => source.slice(token.start, token.end))
            .join(''),
        ).toBe(source)
      }),
    )
  })

  test('no letter is lost or doubled, wherever it stands', () => {
    const letters = (text: string) => (text.match(/[一-鿿]/g) ?? []).sort().join('')
    const part = fc.oneof(
      fc.constantFrom('一', '丁', '七', '万'),
      fc.constantFrom(
        '[',
        ']',
        '/',
        '{',
        '}',
        '|',
        '\\',
        ':',
        '=',
        ' ',
        '\n',
        'b',
        '[b',
        '[/',
        '[type=',
        '[/type]',
        '[#f00',
        '[wait=',
        '[img=/a.png ',
        '[sprite',
        '[speaker=',
      ),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), parts => {
        const source = parts.join('')
        expect(letters(JSON.stringify(parse(source)))).toBe(letters(source))
      }),
      { numRuns: 2000 },
    )
  })

  test('what is parsed is valid by the schema and in its shortest form', () => {
    fc.assert(
      fc.property(hostile, source => {
        const parsed = parse(source)
        for (const fragment of parsed) expect(fragmentSchema.safeParse(fragment).error).toBeUndefined()
        expect(readFragments(parsed)).toEqual(parsed)
      }),
    )
  })

  test('fragments written as markup are read back the same', () => {
    fc.assert(
      fc.property(fragments, list => {
        const normal = readFragments(list)
        expect(parse(toMarkup(normal))).toEqual(normal)
      }),
      { numRuns: 500 },
    )
  })

  // Each was once read back as something else.
  test.each<[string, unknown]>([
    ['a name that is cut at white space', { sprite: { effect: `${'!'.repeat(31)} [` } }],
    ['a description cut at white space', { image: { url: '/a.png', alt: `${'a'.repeat(199)} b` } }],
    ['a colour on two lines', { text: 'a', style: { color: 'rgb(1,\n2,\t3)' } }],
    ['two paces', { text: 'a', style: { tick: 60, speed: 2 } }],
  ])('%s, written and read back', (_, value) => {
    const normal = readFragments([value])
    expect(parse(toMarkup(normal))).toEqual(normal)
    expect(readFragments(normal)).toEqual(normal)
  })

  test('text like an emote whose name has marks stays text', () => {
    const text = ':e\u0301:'
    expect(parseMarkup(toMarkup([{ text }]), { isEmote: () => true })).toEqual([{ text }])
  })

  test('a name that is too long is cut between characters', () => {
    const sprite = { scene: `${'a'.repeat(31)}😀` }
    expect(readFragments([{ sprite }])).toEqual([{ sprite: { scene: 'a'.repeat(31) } }])
  })

  test.each([
    ['a reading with a blank behind it', '{a|b }'],
    ['a reading of blanks', '{a| }'],
    ['a ruby with an escaped line break', '{a\\\nb|c}'],
    ['a reading that is too long', `{a|${'r'.repeat(1001)}}`],
    ['keys with a tabulator', '[type=a\tb]x[/type]'],
    ['keys that are too long', `[type=${'k'.repeat(1001)}]x[/type]`],
    ['a speaker with controls', '[speaker=\\[ \t\u0001a]x'],
    ['a description cut at a blank', `[img=/a.png alt="${'a'.repeat(199)} b"]`],
    ['a description with a tabulator', '[img=/a.png alt=" a\tb "]'],
  ])('%s is read into what is valid as it is', (_, source) => {
    const parsed = parse(source)
    expect(readFragments(parsed)).toEqual(parsed)
  })

  test('anything at all is brought into valid fragments, and its text stays', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ text: fc.string(), style: fc.anything(), ruby: fc.anything(), typed: fc.anything() }),
    )
    fc.assert(
      fc.property(fc.array(anything), values => {
        const read = readFragments(values)
        for (const fragment of read) expect(fragmentSchema.safeParse(fragment).error).toBeUndefined()
      }),
    )
    expect(styleSchema.safeParse({ color: 'url(x)' }).success).toBe(false)
  })

  // A parser that looks for the end of a tag from each beginning anew would need minutes here.
  test.each([
    '[',
    '{',
    '[b]',
    '[/b]',
    '[b][/b]',
    '\\',
    ':',
    ':a',
    '[type=a]',
    '[type=a]x',
    '{a|b',
    '[\\',
    '{\\',
    '[b]x',
    '[+]',
    '[#f00]',
    '[{',
    '[type=\\',
  ])('512 KiB of %s are read at once, and nothing is lost', unit => {
    const source = unit.repeat((512 * 1024) / unit.length)
    expect(shown(parse(source)).split('x')).toHaveLength(source.split('x').length)
  })
})
