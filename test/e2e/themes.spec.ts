import type { Page } from '@playwright/test'
import { THEME_LAYOUTS, THEME_VARIANTS } from '../../src/renderer/player/themes/built-in.ts'
import { BUILT_IN_THEMES, type ThemeFile } from '../../src/shared/theme.ts'
import type { TestServer } from '../support/server.ts'
import { expect, test } from './fixtures.ts'
import { ownStream } from './player-page.ts'

const player = (page: Page) => page.locator('.sm-player')

async function say(server: TestServer, message: string, more: object = {}): Promise<void> {
  const answer = await server.api('POST', '/rooms/lobby/messages', {
    speaker: '夏目',
    data: { message, ...more },
  })
  expect(answer.status).toBe(202)
}

const look = (server: TestServer, settings: object) =>
  server.api('PATCH', '/rooms/lobby', { settings: { look: settings } })

/** What a style property of the text is computed to. */
const textStyle = (page: Page, property: string) =>
  page.locator('.sm-text').evaluate((text, name) => getComputedStyle(text).getPropertyValue(name), property)

const file = (css: string, more: Partial<ThemeFile['manifest']> = {}): ThemeFile => ({
  kind: 'streaming-message/theme',
  version: 1,
  manifest: {
    id: 'mine',
    name: { en: 'Mine', zh: '我的', ja: '私の' },
    base: 'novel',
    layout: 'dialogue',
    tokens: [],
    variants: [{ id: 'one', label: { en: 'One', zh: '一', ja: '一' }, values: { 'text-color': '#00ff00' } }],
    ...more,
  },
  css,
  assets: {},
})

test('every theme and variant shows the line, and nothing is missing', async ({ page, server }) => {
  await say(server, '晚上好，大家。')
  const missing: string[] = []
  page.on('response', response => response.status() >= 400 && missing.push(response.url()))
  await page.goto(server.url)
  await expect(player(page)).toHaveAttribute('data-state', 'complete')
  for (const theme of BUILT_IN_THEMES) {
    for (const variant of THEME_VARIANTS[theme]) {
      await look(server, { theme, variant })
      await expect(player(page)).toHaveAttribute('data-theme', theme)
      await expect(player(page)).toHaveAttribute('data-variant', variant)
      await expect(player(page)).toHaveAttribute('data-layout', THEME_LAYOUTS[theme])
      await expect(page.locator('.sm-text')).toContainText('晚上好，大家。')
      const box = (await page.locator('.sm-box').boundingBox())!
      expect(box.width).toBeGreaterThan(100)
      expect(box.y + box.height).toBeLessThanOrEqual(720)
    }
  }
  expect(missing).toEqual([])
})

test('theme, variant, layout, scale and tokens change live: no reload, no empty moment', async ({
  page,
  server,
}) => {
  await say(server, '晚上好')
  await page.goto(server.url)
  await expect(player(page)).toHaveAttribute('data-state', 'complete')
  await page.evaluate(() => {
    const watched = window as unknown as { sameDocument: boolean; emptied: boolean }
    watched.sameDocument = true
    watched.emptied = false
    const text = document.querySelector('.sm-text')!
    new MutationObserver(() => {
      if (text.textContent === '') watched.emptied = true
    }).observe(text, { childList: true, subtree: true, characterData: true })
  })
  await look(server, {
    theme: 'terminal',
    variant: 'amber',
    scale: 1.25,
    tokens: { 'text-color': '#ff0000' },
  })
  await expect(player(page)).toHaveAttribute('data-theme', 'terminal')
  await expect(player(page)).toHaveAttribute('data-variant', 'amber')
  await expect.poll(() => textStyle(page, 'color')).toBe('rgb(255, 0, 0)')
  await expect.poll(() => textStyle(page, '--scale')).toBe('1.25')
  await look(server, { layout: 'subtitle', tokens: {} })
  await expect(player(page)).toHaveAttribute('data-layout', 'subtitle')
  await expect.poll(() => textStyle(page, 'color')).toBe('rgb(255, 200, 105)')
  await expect(page.locator('.sm-text')).toHaveText('晚上好')
  expect(
    await page.evaluate(() => {
      const { sameDocument, emptied } = window as unknown as { sameDocument: boolean; emptied: boolean }
      return { sameDocument, emptied }
    }),
  ).toEqual({ sameDocument: true, emptied: false })
})

test('OBS’s Custom CSS wins without !important, over theme and room alike', async ({ page, server }) => {
  await say(server, '晚上好')
  await look(server, { tokens: { 'text-color': '#ff0000', 'text-size': '60' } })
  await page.goto(server.url)
  await expect(player(page)).toHaveAttribute('data-state', 'complete')
  // As obs-browser does it: a style element in the head, after load.
  await page.addStyleTag({
    content: '.sm-player { --text-color: #0000ff; --text-size: 20 } .sm-box { border-radius: 0 }',
  })
  expect(await textStyle(page, 'color')).toBe('rgb(0, 0, 255)')
  expect(Number.parseFloat(await textStyle(page, 'font-size'))).toBeCloseTo((20 * 720) / 1080, 1)
  await expect(page.locator('.sm-box')).toHaveCSS('border-radius', '0px')
})

test('a decorative bar stands under the text, which keeps its room, and goes again', async ({
  page,
  server,
}) => {
  await say(server, '晚上好')
  await page.goto(server.url)
  await expect(player(page)).toHaveAttribute('data-state', 'complete')
  const height = async (part: string) => (await page.locator(part).boundingBox())!.height
  const before = await height('.sm-body')
  await look(server, { bar: 'SAVE  :heart: | :nonsense: <b>' })
  const bar = page.locator('.sm-bar')
  await expect(bar).toBeVisible()
  await expect(bar.locator('> *')).toHaveText(['SAVE', '', '', ':nonsense:', '<b>'])
  await expect(bar.locator('svg')).toHaveCount(1)
  await expect.poll(() => height('.sm-body')).toBeCloseTo(before, 0)
  const [text, foot] = await Promise.all(
    ['.sm-body', '.sm-bar'].map(part => page.locator(part).boundingBox()),
  )
  expect(foot!.y).toBeGreaterThanOrEqual(text!.y + text!.height)
  await look(server, { layout: 'chat' })
  await expect(bar).toBeHidden()
  await look(server, { layout: '', bar: '' })
  await expect(bar).toHaveCount(0)
  await expect(player(page)).not.toHaveAttribute('data-bar')
})

test('the name of OBS’s scene dresses the player and the backlog', async ({ page, server }) => {
  // As obs-browser gives it to a source that may read it.
  await page.addInitScript(() => {
    const scene = { name: 'Talk [color=dark] [mini]' }
    Object.assign(window, {
      obsstudio: { getCurrentScene: (answer: (now: object) => void) => answer(scene) },
    })
  })
  for (const path of ['/', '/lobby/history']) {
    await page.goto(server.url + path)
    await expect(player(page)).toHaveAttribute('data-scene', 'Talk')
    await expect(player(page)).toHaveAttribute('data-scene-mini', '')
    await page.addStyleTag({ content: '[data-scene-color="dark"] { --text-color: #0000ff }' })
    await expect(player(page)).toHaveCSS('--text-color', '#0000ff')
    await page.evaluate(() =>
      window.dispatchEvent(new CustomEvent('obsSceneChanged', { detail: { name: 'Game [mini=small]' } })),
    )
    await expect(player(page)).toHaveAttribute('data-scene', 'Game')
    await expect(player(page)).toHaveAttribute('data-scene-mini', 'small')
    expect(await player(page).getAttribute('data-scene-color')).toBeNull()
  }
})

test('letters of a colour of their own have an outline that they stand out from', async ({
  page,
  server,
}) => {
  await look(server, { theme: 'subtitle', variant: 'sans' })
  await say(server, '[#123a7a]暗[/] [#fff3a0]亮[/] 字')
  await page.goto(server.url)
  await expect(player(page)).toHaveAttribute('data-state', 'complete')
  const shadow = (words: string) => page.locator('.sm-run', { hasText: words })
  await expect(shadow('暗')).toHaveCSS('text-shadow', /rgba\(255, 255, 255/)
  await expect(shadow('亮')).toHaveCSS('text-shadow', /rgba\(0, 0, 0/)
  // In a box only what it would drown has a fine edge; what is spoken keeps its colour where speaking colours.
  await look(server, { theme: 'novel' })
  await expect(shadow('暗')).toHaveCSS('text-shadow', /rgba\(255, 255, 255, 0\.55\)/)
  await expect(shadow('亮')).not.toHaveCSS('text-shadow', /rgba\(255, 255, 255/)
  await look(server, { theme: 'subtitle', variant: 'karaoke' })
  await expect(shadow('暗').locator('.sm-seen')).toHaveCSS('color', 'rgb(18, 58, 122)')
})

test('an imported theme is worn, edited live, exported and deleted', async ({ page, server }) => {
  await say(server, '晚上好')
  const imported = await server.api('POST', '/themes/import', file('.sm-text { text-transform: uppercase }'))
  expect(imported.status).toBe(201)
  await look(server, { theme: 'mine', variant: '' })
  await page.goto(server.url)
  await expect(player(page)).toHaveAttribute('data-theme', 'novel mine')
  await expect.poll(() => textStyle(page, 'color')).toBe('rgb(0, 255, 0)')
  await expect(page.locator('.sm-text')).toHaveCSS('text-transform', 'uppercase')

  const { css, manifest, assets } = file('.sm-text { text-transform: lowercase }')
  expect((await server.api('PUT', '/themes/mine', { css, manifest, assets })).status).toBe(200)
  await expect(page.locator('.sm-text')).toHaveCSS('text-transform', 'lowercase')

  const exported = (await (await server.api('GET', '/themes/mine/export')).json()) as ThemeFile
  expect(exported.css).toBe(css)
  expect((await server.api('DELETE', '/themes/mine')).status).toBe(204)
  expect((await server.api('POST', '/themes/import', exported)).status).toBe(201)
})

test('a theme that is edited while a page has no stream is worn once the stream is there', async ({
  page,
  server,
}) => {
  await say(server, '晚上好')
  await server.api('POST', '/themes/import', file('.sm-text { text-transform: uppercase }'))
  await look(server, { theme: 'mine', variant: '' })
  const stream = await ownStream(page)
  stream.hold()
  await page.goto(server.url)
  await expect(page.locator('.sm-text')).toHaveCSS('text-transform', 'uppercase')
  const { css, manifest, assets } = file('.sm-text { text-transform: lowercase }')
  expect((await server.api('PUT', '/themes/mine', { css, manifest, assets })).status).toBe(200)
  stream.letGo()
  await expect(page.locator('.sm-text')).toHaveCSS('text-transform', 'lowercase')
})

test('a hostile theme loads nothing from outside and reaches nothing beyond the player', async ({
  page,
  server,
}) => {
  const outside: string[] = []
  await page.route(/evil\.test/, route => {
    outside.push(route.request().url())
    return route.abort()
  })
  const answer = await server.api(
    'POST',
    '/themes/import',
    file(`
      @import "https://evil.test/a.css";
      @font-face { font-family: "LXGW WenKai Screen"; src: url(https://evil.test/f.woff2) }
      .sm-box { background: url(https://evil.test/1.png), u\\72l(https://evil.test/2.png); --x: url(https://evil.test/3.png) }
      .sm-text { background: var(--x); cursor: url(https://evil.test/4.cur), auto; color: rgb(1, 2, 3) }
      .sm-name { background: image-set("https://evil.test/5.png" 1x) }
      body { display: none }
    `),
  )
  const { problems } = (await answer.json()) as { problems: string[] }
  expect(problems.length).toBeGreaterThan(4)
  await say(server, '晚上好')
  await page.goto(`${server.url}/?theme=mine`)
  await expect(page.locator('.sm-text')).toHaveCSS('color', 'rgb(1, 2, 3)')
  await expect(page.locator('body')).not.toHaveCSS('display', 'none')
  expect(outside).toEqual([])
})

test('a theme that is gone leaves the line on the screen, and is named', async ({ page, server }) => {
  await say(server, '晚上好')
  await page.goto(server.url)
  await expect(player(page)).toHaveAttribute('data-state', 'complete')
  await look(server, { theme: 'nothere', tokens: { 'text-color': 'url(x)' } })
  await expect
    .poll(async () => {
      const answer = await server.api('GET', '/rooms/lobby/subscribers')
      return JSON.stringify(await answer.json())
    })
    .toContain('{"code":"theme-unknown","name":"nothere"}')
  await expect(page.locator('.sm-text')).toHaveText('晚上好')
  await expect(page.locator('.sm-text')).toBeVisible()
  // All else of the look is worn: where the room's theme is gone, and where the address names none that there is.
  await look(server, { scale: 1.5, language: 'ja', tokens: {} })
  await expect(player(page)).toHaveAttribute('lang', 'ja')
  await expect(player(page)).toHaveCSS('--scale', '1.5')
  await look(server, { theme: 'glass', variant: 'smoke' })
  await page.goto(`${server.url}/?theme=mistyped`)
  await expect(player(page)).toHaveAttribute('data-theme', 'glass')
  await expect(player(page)).toHaveAttribute('data-variant', 'smoke')
})

test('fonts: only the pieces in use are loaded, and the text hardly waits for them', async ({
  page,
  server,
}) => {
  await say(server, '今夜は月が綺麗ですね')
  const pieces: string[] = []
  page.on('request', request => request.url().endsWith('.woff2') && pieces.push(request.url()))
  await page.goto(`${server.url}/?theme=novel`)
  await expect(page.locator('.sm-text')).toBeVisible()
  // A font that no sheet names yet is checked as there.
  await expect.poll(() => pieces.length).toBeGreaterThan(0)
  await expect
    .poll(() => page.evaluate(() => document.fonts.check('16px "LXGW WenKai Screen"', '今夜')))
    .toBe(true)
  await page.evaluate(() => document.fonts.ready)
  expect(pieces.length).toBeLessThan(60)
  expect(pieces.every(url => new URL(url).origin === server.url)).toBe(true)
  // A line of letters that were never needed is not seen before they have their font, or that takes too long.
  await page.evaluate(() => {
    const seen: boolean[] = []
    Object.assign(window, { awaited: seen })
    new MutationObserver(records => {
      for (const { target } of records)
        if (target instanceof Element && target.matches('.sm-line'))
          seen.push(target.classList.contains('sm-awaited'))
    }).observe(document, { subtree: true, attributeFilter: ['class'] })
  })
  const awaited = () => page.evaluate(() => (window as unknown as { awaited: boolean[] }).awaited)
  await page.route('**/*.woff2', () => {})
  await say(server, '魑魅魍魎')
  await expect(page.locator('.sm-line')).toHaveText('魑魅魍魎')
  await expect.poll(awaited).toEqual([true, false])
  // What is there needs no moment.
  await say(server, '今夜の月')
  await expect(page.locator('.sm-line')).toHaveText('今夜の月')
  await expect(page.locator('.sm-line')).toBeVisible()
  expect(await awaited()).toEqual([true, false])
})

test('a phone held upright has a layout of its own, with text of 20 px and more', async ({
  browser,
  server,
}) => {
  await say(server, '晚上好，大家。今天也请多关照。')
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  for (const theme of ['novel', 'bubble', 'glass'] as const) {
    await page.goto(`${server.url}/?theme=${theme}`)
    await expect(player(page)).toHaveAttribute('data-shape', 'portrait')
    await expect(player(page)).toHaveAttribute('data-state', 'complete')
    expect(Number.parseFloat(await textStyle(page, 'font-size')), theme).toBeGreaterThanOrEqual(18)
    const box = (await page.locator('.sm-box').boundingBox())!
    expect(box.x).toBeGreaterThanOrEqual(0)
    expect(box.x + box.width).toBeLessThanOrEqual(390)
  }
  await page.close()
})

test('a low, broad source shows the box, large enough to be read, within its edges', async ({
  page,
  server,
}) => {
  await say(server, '晚上好，大家。今天的风有点大，我们去{海边|うみべ}走走吧，她这样说着，把窗口推到一旁。')
  for (const [width, height] of [
    [600, 200],
    [1920, 300],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const theme of BUILT_IN_THEMES) {
      await page.goto(`${server.url}/?theme=${theme}`)
      await expect(player(page)).toHaveAttribute('data-shape', 'strip')
      await expect(player(page)).toHaveAttribute('data-state', 'complete')
      expect(Number.parseFloat(await textStyle(page, 'font-size')), theme).toBeGreaterThanOrEqual(14)
      const edges = await page.evaluate(() =>
        [...document.querySelectorAll('.sm-box, .sm-plate, .sm-body')].map(part => {
          const { left, top, right, bottom } = part.getBoundingClientRect()
          return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
        }),
      )
      expect(edges, theme).toEqual([true, true, true])
    }
  }
})

test('a stage of any size looks the same', async ({ browser, server }) => {
  await say(server, '晚上好')
  const shares: number[] = []
  for (const [width, height] of [
    [1280, 720],
    [1920, 1080],
    [3840, 2160],
    [800, 600],
  ] as const) {
    const page = await browser.newPage({ viewport: { width, height } })
    await page.goto(server.url)
    await expect(player(page)).toHaveAttribute('data-state', 'complete')
    const size = Number.parseFloat(await textStyle(page, 'font-size'))
    shares.push(size / Math.min(height, (width * 9) / 16))
    await page.close()
  }
  for (const share of shares) expect(share).toBeCloseTo(40 / 1080, 3)
})
