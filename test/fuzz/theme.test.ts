import { type CssNode, generate, parse, walk } from 'css-tree'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { safeCss } from '../../src/main/server/themes/safe-css.ts'
import { anyText } from '../support/any-text.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

/**
 * Theme files as nobody should write them: the style sheet that players get is harmless whatever was put in, and the server
 * answers every file in words. FUZZ_RUNS for longer runs; what once failed stays in `examples`.
 */
const RUNS = Number(process.env.FUZZ_RUNS ?? 150)

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())

const ASSET = '/api/v1/themes/mine/assets/paper.png'
const ROOT = '.sm-player[data-theme~="mine"]'

const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      ';',
      ':',
      ',',
      '"',
      "'",
      '\\',
      '/*',
      '*/',
      '<!--',
      '-->',
      '\n',
      '\0',
      '!',
      '&',
    ],
    ...[
      '@import',
      '@media all',
      '@supports (color:red)',
      '@keyframes k',
      '@font-face',
      '@layer x',
      '@container',
    ],
    ...[
      '@namespace',
      '@charset "utf-8"',
      '@property --x',
      '@scope (.a)',
      '@page',
      '@import url(//evil.example)',
    ],
    ...[
      '.sm-box',
      '.sm-player',
      ':root',
      'html',
      'body',
      '*',
      '[data-x="y"]',
      '::before',
      ':has(a)',
      ':not(x)',
      '>',
    ],
    ...[
      'color:red',
      '--x:',
      'background:',
      'src:',
      'behavior:url(x)',
      '-moz-binding:',
      'content:',
      'from',
      '50%',
    ],
    ...[
      'url(//evil.example/x)',
      'url("asset:paper.png")',
      'url(asset:none)',
      'URL(javascript:x)',
      'u\\72l(x)',
    ],
    ...[
      'url(data:text/html,x)',
      'url("data:image/png;base64,AA")',
      'image-set("//evil.example" 1x)',
      'src("x")',
    ],
    ...['expression(alert(1))', 'var(--x)', 'attr(href)', 'element(#a)', 'calc(1px + (2px', 'rgb(1,2,3)'],
    ...['</style><script>alert(1)</script>', '\\', '\\0', '\uFEFF', '\u2028', 'é', '𝒳'],
  ),
  fc.string({ maxLength: 12 }),
  anyText({ maxLength: 6 }),
)
const sheet = fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(' '))
const nested = fc
  .tuple(sheet, fc.nat({ max: 20 }))
  .map(([text, depth]) => `${'@media all{'.repeat(depth)}${text}${'}'.repeat(depth)}`)

/** What a browser would read in the sheet that is given out. */
function expectHarmless(css: string): void {
  walk(parse(css, { parseCustomProperty: true }), (node: CssNode) => {
    if (node.type === 'Url')
      expect(node.value === ASSET || /^data:(?:image|font)\//i.test(node.value)).toBe(true)
    if (node.type === 'Function')
      expect(node.name).not.toMatch(/^(?:image-set|src|element|expression|attr|image)$/i)
    if (node.type === 'Atrule') expect(node.name).toMatch(/^(?:media|supports|keyframes|font-face)$/i)
    if (node.type === 'Declaration') expect(node.property).not.toMatch(/behavior|binding/i)
  })
  for (const selector of selectorsOf(css)) expect(selector.startsWith(ROOT), selector).toBe(true)
}

/** The selectors outside of key frames. */
function selectorsOf(css: string): string[] {
  const found: string[] = []
  let inKeyframes = 0
  walk(parse(css), {
    enter(node: CssNode) {
      if (node.type === 'Atrule' && /keyframes/i.test(node.name)) inKeyframes++
      if (node.type !== 'Rule' || inKeyframes > 0) return
      const { prelude } = node
      if (prelude.type === 'SelectorList') found.push(...prelude.children.toArray().map(one => generate(one)))
      else found.push(generate(prelude))
    },
    leave(node: CssNode) {
      if (node.type === 'Atrule' && /keyframes/i.test(node.name)) inKeyframes--
    },
  })
  return found
}

test('the look at the sheet that is given out sees every selector', () => {
  expect(selectorsOf('.a .b,.c:not(.d){}@media all{.e>.f{}}@keyframes k{from{}}')).toEqual([
    '.a .b',
    '.c:not(.d)',
    '.e>.f',
  ])
})

test('whatever a style sheet says, what players get loads nothing, runs nothing and stays with the player', () => {
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: sheet }, { weight: 1, arbitrary: nested }), css => {
      const safe = safeCss(css, {
        theme: 'mine',
        assetUrl: name => (name === 'paper.png' ? ASSET : null),
      })
      expectHarmless(safe.css)
    }),
    {
      numRuns: RUNS * 3,
      // What once failed.
      examples: [['@media all{'.repeat(2_500)], [`.a{width:${'calc('.repeat(5_000)}`]],
    },
  )
})

/** A theme file that is taken. */
const VALID = {
  kind: 'streaming-message/theme',
  version: 1,
  manifest: {
    id: 'fuzzed',
    name: { en: 'Fuzzed', zh: '模糊', ja: 'ファズ' },
    layout: 'dialogue',
    tokens: [
      {
        name: 'glow',
        label: { en: 'Glow', zh: '光', ja: '光' },
        kind: 'number',
        min: 0,
        max: 1,
        step: 0.1,
        default: 0.5,
      },
    ],
    variants: [{ id: 'day', label: { en: 'Day', zh: '日', ja: '昼' }, values: { glow: 0.3 } }],
  },
  css: '.sm-box{color:red}',
  assets: { 'paper.png': 'data:image/png;base64,AAAA' },
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Every place in a value, from its root. */
function placesIn(value: Json, at: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== 'object') return [at]
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))]
}

function withChange(value: Json, at: (string | number)[], change: Json | undefined): Json | undefined {
  const [key, ...rest] = at
  if (key === undefined) return change
  const copy = structuredClone(value) as Record<string | number, Json>
  const inner = withChange(copy[key]!, rest, change)
  if (inner === undefined) delete copy[key]
  else copy[key] = inner
  return copy
}

const PLACES = placesIn(VALID as unknown as Json)
const strange: fc.Arbitrary<Json | undefined> = fc.oneof(
  fc.constantFrom<Json | undefined>(
    undefined,
    ...[
      null,
      true,
      0,
      -1,
      1e308,
      '',
      [],
      {},
      '__proto__',
      'constructor',
      '../../x',
      'a'.repeat(300),
      '</style>',
    ],
    ...['\0', 'data:text/html,x', 'lobby;--', '\ud800'],
  ),
  sheet,
  fc.jsonValue() as fc.Arbitrary<Json>,
)

const upload = (file: Json | undefined) => server.api('POST', '/themes/import', file as object)

test('the theme file that is changed below is taken as it is', async () => {
  expect((await upload(VALID as unknown as Json)).status).toBe(201)
})

test('a theme file that is wrong in any place is refused in words or made harmless, and the server goes on', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...PLACES), strange), { minLength: 1, maxLength: 3 }),
      async changes => {
        let file: Json | undefined = VALID as unknown as Json
        for (const [at, change] of changes) {
          try {
            file = withChange(file!, at, change)
          } catch {
            // An earlier change took the place away.
          }
        }
        const response = await upload(file)
        const answer = await response.json()
        expect(response.status, JSON.stringify(answer)).toBeLessThan(500)
        if (response.status !== 201) {
          expect(answer).toMatchObject({ success: false, msg: expect.any(String) })
          return
        }
        const { id } = answer.theme.manifest
        const read = await server.api('GET', `/themes/${encodeURIComponent(id)}`)
        expect(read.status).toBe(200)
        const removed = await server.api('DELETE', `/themes/${encodeURIComponent(id)}`)
        expect(removed.status).toBe(204)
      },
    ),
    { numRuns: RUNS },
  )
})
