import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fragment } from '../fragments.ts'
import { parseEchoCodes } from './echo-codes.ts'
import { parseMarkup } from './parse.ts'
import { withoutUnfinished } from './unfinished.ts'

const isEmote = (name: string) => name === 'smile' || name === 'cats:smile'
const shown = (fragments: Fragment[]) =>
  fragments
    .map(fragment => ('text' in fragment ? fragment.text : 'emote' in fragment ? `<${fragment.emote}>` : ''))
    .join('')

const pieces = (...items: string[]) =>
  fc.array(fc.constantFrom(...items), { maxLength: 8 }).map(list => list.join(''))

test('whatever the markup, what a text shows while it is written stays when more comes', () => {
  const markup = pieces(
    'a',
    '你好',
    ' ',
    '\n',
    '[b]',
    '[/b]',
    '[wait=5]',
    '[speaker=乙]',
    '[br]',
    '{漢|か}',
    '{漢\\||か}',
    "[type=ni'hao]你好[/type]",
    '[type=a]{漢|か}[/]',
    '[type=ab]甲',
    ':smile:',
    ':cats:smile:',
    '\\[',
    '\\\\',
    '\\{',
    '[',
    ']',
    '{',
    '}',
    '\\',
    ':',
    '|',
    '/',
    '[img=/a.png alt="\\]"]',
  )
  fc.assert(
    fc.property(markup, fc.nat(), (source, cut) => {
      const prefix = withoutUnfinished(source.slice(0, cut % (source.length + 1)), undefined, isEmote)
      const before = shown(parseMarkup(prefix, { isEmote }))
      expect(shown(parseMarkup(source, { isEmote })).startsWith(before)).toBe(true)
    }),
    { numRuns: 3_000 },
  )
})

test.each([
  ['a bracket that a backslash makes plain, in a tag', '[x\\{y]你好[/b', '[x\\{y]你好'],
  ['a bracket in a reading', '{a[b|c}你', '{a[b|c}你'],
  ['an emote behind a colon that is plain', '\\:a:smi', '\\:a'],
  ['what a backslash makes plain', '\\[a\\{b', '\\[a\\{b'],
])('what is whole is shown, and begins nothing: %s', (_, source, whole) => {
  expect(withoutUnfinished(source, undefined, isEmote)).toBe(whole)
})

test('so it is with Echo-Live’s codes', () => {
  const codes = pieces(
    'a',
    '@b',
    '@',
    '@[#f00]',
    '@{smile}',
    '@<rainbow>',
    '\\@',
    '\\',
    '[',
    '{',
    '<',
    '>',
    '#',
  )
  fc.assert(
    fc.property(codes, fc.nat(), (source, cut) => {
      const prefix = withoutUnfinished(source.slice(0, cut % (source.length + 1)), 'echo-live', isEmote)
      expect(shown(parseEchoCodes(source)).startsWith(shown(parseEchoCodes(prefix)))).toBe(true)
    }),
    { numRuns: 3_000 },
  )
})

test('plain text is all there', () => {
  expect(withoutUnfinished('a [b', 'plain', isEmote)).toBe('a [b')
})
