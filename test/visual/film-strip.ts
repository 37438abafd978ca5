/**
 * Takes pictures of every theme and variant over three grounds, at 1920x1080 and upright on a phone, to be looked at:
 * `node test/visual/film-strip.ts [THEME…] [--out DIR]`. Needs the built pages (`npm run build`).
 */
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from '@playwright/test'
import playwrightConfig from '../../playwright.config.ts'
import { THEME_VARIANTS } from '../../src/renderer/player/themes/built-in.ts'
import { BUILT_IN_THEMES } from '../../src/shared/theme.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { castOf } from './cast.ts'
import { GROUNDS, type Ground, layGround } from './grounds.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'test-results/film' },
    layout: { type: 'string' },
    ground: { type: 'string' },
    variant: { type: 'string' },
    phone: { type: 'boolean', default: false },
    sprites: { type: 'boolean', default: false },
    language: { type: 'string', default: 'zh-CN' },
  },
})
const out = resolve(values.out)
const themes = positionals.length > 0 ? positionals : [...BUILT_IN_THEMES]

const LINES: Record<string, { speaker: string; text: string }[]> = {
  'zh-CN': [
    { speaker: '夏目', text: '昨天的风好大呢，云都跑到海那边去了。' },
    { speaker: '小雪', text: '嗯……直播开始之前，我又把台词背了一遍！' },
    {
      speaker: '夏目',
      text: '「今天的风有点大，我们去海边走走吧。」她这样说着，把 [b]Streaming Message[/b] 的窗口推到一旁，露出 2026 年夏天的第一缕晚霞——那是谁都没有见过的颜色。',
    },
  ],
  ja: [
    { speaker: '夏目', text: '昨日は風が強かったね。雲がみんな海のほうへ行っちゃった。' },
    { speaker: '小雪', text: 'うん……配信の前に、もう一度セリフを覚え直したよ！' },
    {
      speaker: '夏目',
      text: '「今日は風が強いから、海まで歩こうか」そう言って彼女は [b]Streaming Message[/b] の窓を閉じ、2026年の夏でいちばん最初の夕焼けを見せてくれた——。',
    },
  ],
}

async function strip(server: TestServer, browser: Browser, theme: string, variant: string, ground: Ground) {
  const phone = values.phone
  const page: Page = await browser.newPage({
    viewport: phone ? { width: 390, height: 844 } : { width: 1920, height: 1080 },
    deviceScaleFactor: phone ? 2 : 1,
  })
  const query = new URLSearchParams({ theme, variant, ...(values.layout && { layout: values.layout }) })
  await page.goto(`${server.url}/?${query}`)
  await layGround(page, ground)
  await page.waitForSelector('.sm-player[data-state=complete]')
  await page.evaluate(() => document.fonts.ready)
  // The web fonts of the theme and the effects of the last letter.
  await page.waitForFunction(
    () =>
      document.fonts.status === 'loaded' &&
      document.getAnimations().every(animation => animation.effect?.getTiming().iterations === Infinity),
  )
  const name = [theme, variant, ground, phone && 'phone', values.layout].filter(Boolean).join('-')
  await page.screenshot({ path: join(out, `${name}.png`) })
  await page.close()
}

await mkdir(out, { recursive: true })
const server = await startTestServer()
const browser = await chromium.launch(playwrightConfig.use?.launchOptions)
try {
  await server.api('PATCH', '/rooms/lobby', {
    settings: {
      look: { language: values.language },
      typewriter: { charMs: 0 },
      queue: { policy: 'replace', autoHideMs: 0 },
    },
  })
  const lines = LINES[values.language] ?? LINES['zh-CN']!
  const studio = await browser.newPage()
  const cast = await castOf(studio, values.sprites)
  await studio.close()
  for (const { speaker, text } of lines) {
    const look = cast[speaker]
    await server.api('POST', '/rooms/lobby/messages', {
      speaker,
      data: { message: text, ...(look && { look }) },
    })
  }
  for (const theme of themes) {
    for (const variant of values.variant
      ? [values.variant]
      : THEME_VARIANTS[theme as keyof typeof THEME_VARIANTS]) {
      for (const ground of values.ground ? [values.ground as Ground] : GROUNDS)
        await strip(server, browser, theme, variant, ground)
    }
  }
} finally {
  await browser.close()
  await server.dispose()
}
