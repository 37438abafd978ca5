import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { safeCss } from './safe-css.ts'

const make = (css: string) =>
  safeCss(css, { theme: 'mine', assetUrl: name => (name === 'paper.png' ? '/api/v1/assets/1' : null) })

describe('what a theme may say', () => {
  test('plain rules and custom properties, from the player on', () => {
    const { css, problems } = make(`
      .sm-box { border-radius: calc(12 * var(--u)); --glow: rgba(1, 2, 3, .5) }
      .sm-player { --text-color: #123456 }
      [data-variant="dark"] .sm-text, :root .sm-name { color: red }
    `)
    expect(problems).toEqual([])
    expect(css).toContain('.sm-player[data-theme~="mine"] .sm-box{border-radius:calc(12*var(--u));--glow:')
    expect(css).toContain('.sm-player[data-theme~="mine"]{--text-color:')
    expect(css).toContain(
      '.sm-player[data-theme~="mine"][data-variant="dark"] .sm-text,.sm-player[data-theme~="mine"] .sm-name{color:red}',
    )
  })

  test('media queries, keyframes, fonts and pictures of its own', () => {
    const { css, problems } = make(`
      @media (prefers-reduced-motion: reduce) { .sm-mark { animation: none } }
      @keyframes pulse { from { opacity: 0 } 50% { opacity: .5 } }
      @font-face { font-family: "Mine"; src: url("data:font/woff2;base64,AAAA") format("woff2") }
      .sm-box { background: url("asset:paper.png") center / cover; mask: url("data:image/svg+xml,%3Csvg/%3E") }
    `)
    expect(problems).toEqual([])
    expect(css).toContain(
      '@media (prefers-reduced-motion:reduce){.sm-player[data-theme~="mine"] .sm-mark{animation:none}',
    )
    expect(css).toContain('@keyframes pulse{from{opacity:0}50%{opacity:.5}}')
    expect(css).toMatch(/background:url\("?\/api\/v1\/assets\/1"?\)/)
    expect(css).toContain('data:font/woff2')
  })
})

describe('what a hostile theme tries', () => {
  test.each([
    ['an import', '@import "https://evil.test/a.css";'],
    ['an import without quotes', '@import url(https://evil.test/a.css) screen;'],
    ['an escaped import', '@\\69mport "https://evil.test/a.css";'],
    ['a picture of another host', '.sm-box { background: url(https://evil.test/a.png) }'],
    ['one without a scheme', '.sm-box { background: url(//evil.test/a.png) }'],
    ['one of this server', '.sm-box { background: url(/api/v1/rooms) }'],
    ['upper case', '.sm-box { background: URL("HTTPS://evil.test/a.png") }'],
    ['an escaped url', '.sm-box { background: u\\72l(https://evil.test/a.png) }'],
    ['an escaped address', '.sm-box { background: url("\\68ttps://evil.test/a.png") }'],
    ['image-set with a string', '.sm-box { background: image-set("https://evil.test/a.png" 1x) }'],
    ['a prefixed image-set', '.sm-box { background: -webkit-image-set(url(https://evil.test/a.png) 1x) }'],
    ['image()', '.sm-box { background: image("https://evil.test/a.png") }'],
    ['src()', '.sm-box { background: src("https://evil.test/a.png") }'],
    ['a picture in a custom property', '.sm-box { --x: url(https://evil.test/a.png); background: var(--x) }'],
    ['a picture in a variable’s fallback', '.sm-box { background: var(--x, url(https://evil.test/a.png)) }'],
    ['a cursor', '.sm-box { cursor: url(https://evil.test/a.cur), auto }'],
    ['a font of another host', '@font-face { font-family: x; src: url(https://evil.test/a.woff2) }'],
    ['expression()', '.sm-box { width: expression(alert(1)) }'],
    ['behavior', '.sm-box { behavior: url(#default#time2) }'],
    ['-moz-binding', '.sm-box { -moz-binding: url("https://evil.test/x.xml#a") }'],
    ['javascript:', '.sm-box { background: url("javascript:alert(1)") }'],
    ['an HTML page as data', '.sm-box { background: url("data:text/html,<script>alert(1)</script>") }'],
    [
      'a supports query that loads',
      '@supports (background: url(https://evil.test/a)) { .sm-box { color: red } }',
    ],
    ['a keyframe that loads', '@keyframes x { to { background: url(https://evil.test/a.png) } }'],
    ['a comment in a name', '.sm-box { background: ur/**/l(https://evil.test/a.png) }'],
    ['a namespace', '@namespace url(https://evil.test/);'],
    ['an asset that it does not have', '.sm-box { background: url("asset:secret") }'],
    ['a nested rule', '.sm-box { & .x { background: url(https://evil.test/a.png) } }'],
    [
      'the end of a style element',
      '.sm-box { content: "</style><script src=https://evil.test/a.js></script>" }',
    ],
  ])('%s loads nothing', (_what, css) => {
    const made = make(`${css} .sm-name { color: blue }`)
    // Strings may say anything; nothing may stand where a browser loads it.
    const outside = made.css.replace(/content:"[^"]*"/g, '')
    expect(outside).not.toMatch(/evil|javascript:|text\/html|expression|secret|\\/i)
    expect(outside).not.toMatch(/url\((?!"?(?:data:|\/api\/v1\/assets\/1))/i)
  })

  test('rules reach nothing beyond the player', () => {
    const { css } = make(
      'body { display: none } html { color: red } * { color: blue } .sm-connection, #x { display: none }',
    )
    for (const rule of css.split('\n').filter(Boolean))
      for (const selector of rule.slice(0, rule.indexOf('{')).split(','))
        expect(selector).toMatch(/^\.sm-player\[data-theme~="mine"\]/)
  })

  test.each([
    '.sm-player + .sm-connection',
    '.sm-player:hover ~ #x',
    ':root ~ *',
    '[data-variant="dark"] + p',
    'body ~ p',
    '+ .x',
    '~ .x',
  ])('%s reaches no neighbour of the player', selector => {
    const { css, problems } = make(
      `${selector}, .sm-box { left: 0 } ${selector} { top: 0 } .sm-name { color: blue }`,
    )
    expect(css.split('\n').filter(Boolean)).toEqual([
      '.sm-player[data-theme~="mine"] .sm-box{left:0}',
      '.sm-player[data-theme~="mine"] .sm-name{color:blue}',
    ])
    expect(problems).toEqual(['a selector that reaches beside the player is not allowed'])
  })

  test('neighbours within the player, and what the page’s own elements hold, are in reach', () => {
    const { css, problems } = make('.sm-plate ~ .sm-body, .sm-player > .sm-stage, body .sm-box { left: 0 }')
    expect(css.trim()).toBe(
      '.sm-player[data-theme~="mine"] .sm-plate~.sm-body,.sm-player[data-theme~="mine"]>.sm-stage,.sm-player[data-theme~="mine"] .sm-box{left:0}',
    )
    expect(problems).toEqual([])
  })

  test('what is broken does not take the rest along', () => {
    const { css, problems } = make(
      '.sm-box { color: ; } }}} .sm-a { left: 0 } .sm-text { color: green } .sm-x { color: red',
    )
    // As in a browser: what follows stray brackets goes with them, what comes after is whole.
    expect(css).toContain('.sm-text{color:green}')
    expect(css).toContain('.sm-x{color:red}')
    expect(problems.length).toBeGreaterThan(0)
  })

  test('every refusal is named', () => {
    const { problems } = make('@import "x.css"; .sm-box { background: url(https://evil.test/a.png) }')
    expect(problems.join('\n')).toMatch(/@import/)
    expect(problems.join('\n')).toMatch(/evil\.test/)
  })
})

test('brackets of the sheet before do not make the next one endless', () => {
  const module = JSON.stringify(new URL('./safe-css.ts', import.meta.url).href)
  // What does not end can be ended from outside only.
  const { status, signal } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { safeCss } from ${module}
      const options = { theme: 'x', assetUrl: () => null }
      for (const bracket of ['(', '{', '[', 'f(']) {
        for (const sheet of ['src("x") y {$ a -U0}}:% ', 'b } html u(x) ) M{$ c', 'a{$ b}}:% ', '} ) ] { ( [ ) } ] {$']) {
          safeCss(bracket.repeat(200), options)
          safeCss(sheet, options)
        }
      }`,
    ],
    { timeout: 20_000 },
  )
  expect({ status, signal }).toEqual({ status: 0, signal: null })
})
