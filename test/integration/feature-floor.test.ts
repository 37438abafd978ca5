import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { newInCss } from '../feature-floor/css.ts'
import { newInJs, ownMembers } from '../feature-floor/js.ts'
import { FLOOR } from '../feature-floor/support.ts'

const out = resolve(import.meta.dirname, '../../out/renderer')
const read = (file: string) => readFileSync(resolve(out, file), 'utf8')

/** What is newer than the floor and may be used all the same, because without it nothing is amiss. */
const GRACEFUL: Record<string, string> = {
  'property -webkit-mask-source-type': 'the minifier writes the default out',
  'property mask-mode': 'the same',
  'value mask-mode: match-source': 'the same',
  'property contain-intrinsic-size': 'only makes a long backlog cheaper',
  'property content-visibility': 'the same',
  'value content-visibility: auto': 'the same',
  'property overscroll-behavior': 'only keeps a page around the backlog still',
  'value overscroll-behavior: contain': 'the same',
  'property scrollbar-color': 'the system’s own scroll bar does',
  'property scrollbar-width': 'the same',
  'value scrollbar-width: thin': 'the same',
  'property text-size-adjust': 'for phones, which take it with a prefix',
  'property text-spacing-trim': 'what it switches off is as new as itself',
  'value text-spacing-trim: space-all': 'the same',
  '@property': 'without it the light over metal letters moves in leaps, on phones of before 2023',
  SharedWorker: 'asked for first; without it each page has a worker of its own',
  '.last': 'of our own events',
  '.messages': 'of our own messages',
  '.format': 'of our own messages',
  '.interval': 'of our own events',
}

const isNew = (use: string) => !(use.replace(/: [^:]*$/, '') in GRACEFUL)

/** Everything that the player's page may load: what its HTML names, and what those files name in turn. */
function filesOfThePlayer(): string[] {
  const found = new Set<string>()
  const waiting = ['player/index.html']
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue
    found.add(file)
    for (const [, name] of read(file).matchAll(/([\w-]+\.(?:js|css))\b/g)) {
      try {
        read(`static/${name}`)
        waiting.push(`static/${name}`)
      } catch {
        // A word that looks like a file.
      }
    }
  }
  return [...found]
}

const files = filesOfThePlayer()
const styles = files.filter(file => file.endsWith('.css'))
const scripts = files.filter(file => file.endsWith('.js'))

const own = ownMembers(scripts.map(read))

test('the player’s files are found: page, styles, fonts, script and stream worker', () => {
  expect(styles.length).toBeGreaterThan(1)
  expect(scripts.length).toBeGreaterThan(1)
})

test.each(styles)(`%s needs nothing newer than Chrome ${FLOOR.chrome} and Safari ${FLOOR.safari}`, file => {
  expect(newInCss(read(file)).filter(isNew)).toEqual([])
})

test.each(scripts)(`%s needs nothing newer than Chrome ${FLOOR.chrome} and Safari ${FLOOR.safari}`, file => {
  expect(newInJs(read(file), own).filter(isNew)).toEqual([])
})

test.each([
  ['.a { translate: 1px }', 'property translate: chrome 103'],
  ['.a { color: color-mix(in srgb, red, blue) }', 'color-mix(): chrome 103, safari 15.4'],
  ['.a { color: oklch(0.5 0.1 20) }', 'oklch(): chrome 103'],
  ['.a:has(.b) { color: red }', 'selector :has: chrome 103'],
  ['@container (width > 1px) { .a { color: red } }', '@container: chrome 103, safari 15.4'],
  ['.a { .b { color: red } }', 'nesting, or no CSS: .b { color: red }: chrome 103, safari 15.4'],
  ['.a { height: 1dvh }', 'unit dvh: chrome 103'],
  ['.a { grid-template-rows: subgrid }', 'value grid-template-rows: subgrid: chrome 103, safari 15.4'],
  ['.a { text-wrap: balance }', 'property text-wrap: chrome 103, safari 15.4'],
])('tells that %s is too new', (css, use) => {
  expect(newInCss(css).join('; ')).toContain(use.split(':').slice(0, -1).join(':'))
})

test.each([
  ['[].toSorted()', '.toSorted'],
  ['Promise.withResolvers()', 'Promise.withResolvers'],
  ['Object.groupBy([], x => x)', 'Object.groupBy'],
  ['Array.fromAsync([])', 'Array.fromAsync'],
  ['new Set().isSubsetOf(new Set())', '.isSubsetOf'],
  ['AbortSignal.any([])', 'AbortSignal.any'],
  ['new CloseWatcher()', 'CloseWatcher'],
  ['/(?<=a)b/.test("")', 'lookbehind'],
  ['document.startViewTransition()', '.startViewTransition'],
])('tells that %s is too new', (script, use) => {
  expect(newInJs(script).map(found => found.split(':')[0])).toContain(use)
})

test('takes what the floor has', () => {
  expect(
    newInJs('structuredClone([].at(-1)); Object.hasOwn({}, "a"); new Map(); fetch("/").then(r => r.json())'),
  ).toEqual([])
  expect(
    newInCss('@layer a { .b:is(.c) { inset: 0; color: rgb(0 0 0 / 50%); width: min(1px, 2vw) } }'),
  ).toEqual([])
  expect(() => newInJs('class A { accessor x = 1 }')).toThrow(SyntaxError)
})
