import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { complete, configure, control, open, player, send, text } from './player-page.ts'

interface Look {
  /** What has been typed. */
  shown: string
  /** Where each letter stands in its line, px: left, top, left, top… */
  boxes: number[]
  height: number
}

/** Begins to look at the line in every frame; the answer ends it. */
async function watchLine(page: Page): Promise<() => Promise<Look[]>> {
  await page.evaluate(() => {
    const looks: Look[] = []
    Object.assign(window, { looks })
    const segmenter = new Intl.Segmenter()
    const look = () => {
      const line = document.querySelector<HTMLElement>('.sm-line')
      if (line && document.querySelector('.sm-player[data-state=typing]')) {
        const shown = [...line.querySelectorAll('.sm-seen, .sm-fresh')].map(item => item.textContent).join('')
        const boxes: number[] = []
        // The box itself may still be arriving.
        const origin = line.getBoundingClientRect()
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT)
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const range = document.createRange()
          for (const { index, segment } of segmenter.segment(node.textContent ?? '')) {
            range.setStart(node, index)
            range.setEnd(node, index + segment.length)
            const { left, top } = range.getBoundingClientRect()
            boxes.push(left - origin.left, top - origin.top)
          }
        }
        looks.push({ shown, boxes, height: line.offsetHeight })
      }
      if ((window as unknown as { looks: Look[] }).looks === looks) requestAnimationFrame(look)
    }
    look()
  })
  return () =>
    page.evaluate(() => {
      const { looks } = window as unknown as { looks: Look[] }
      Object.assign(window, { looks: undefined })
      return looks
    })
}

/** Waits for the theme's font: for its sheets, and then for the pieces with these letters. */
async function fontFor(page: Page, letters: string): Promise<void> {
  const pieces = () =>
    text(page).evaluate(async (element, letters) => {
      const { fontFamily, fontWeight } = getComputedStyle(element)
      const [family] = fontFamily.split(',')
      return (await document.fonts.load(`${fontWeight} 16px ${family}`, letters)).length
    }, letters)
  await expect.poll(pieces).toBeGreaterThan(1)
}

/** The furthest that a letter has moved, px. */
function furthest(looks: Look[]): number {
  return Math.max(...looks.flatMap(({ boxes }) => boxes.map((at, i) => Math.abs(at - looks[0]!.boxes[i]!))))
}

test('a line is typed in the box, grapheme by grapheme, and nothing that stands there moves', async ({
  page,
  server,
}) => {
  await open(page, server)
  const sentence = '她说：Streaming 不难 👨‍👩‍👧‍👦，然后把很长很长的一句话打到第二行去，看看单词会不会跳。'
  await fontFor(page, sentence)
  const looks = await watchLine(page)
  await send(server, sentence)
  await complete(page)
  await expect(page.locator('.sm-name')).toHaveText('小夜')
  await expect(text(page)).toHaveText(sentence)
  const seen = await looks()
  const steps = [...new Set(seen.map(item => item.shown))]
  expect(steps.length).toBeGreaterThan(10)
  for (const step of steps) expect(sentence.startsWith(step)).toBe(true)
  // The family is one grapheme: never a part of it.
  expect(steps.some(step => step.endsWith('👨') || step.endsWith('👨‍👩'))).toBe(false)
  // Browsers place runs of text in 64ths of a pixel.
  expect(furthest(seen)).toBeLessThan(0.25)

  // Readings and emphasis dots make their rows higher: as high before they are typed as afterwards.
  await configure(server, {
    look: { theme: 'bubble', language: 'ja' },
    queue: { policy: 'replace' },
    typewriter: { charMs: 0 },
  })
  const annotated = [
    '{昨日|きのう}の風は「強い」配信で、雲もみんな海のほうへ行ってしまったね。それから彼女は何も言わずに{影|かげ}を見ていた。',
    '昨日の風は「強い」配信で、雲も[dot]みんな海の[/dot]ほうへ行ってしまったね。それから彼女は何も言わずに[dot]影[/dot]を見ていた。',
  ]
  await send(server, annotated.join('[br]'))
  await complete(page)
  await fontFor(page, annotated.join(''))
  await configure(server, { typewriter: { charMs: 12 } })
  for (const line of annotated) {
    const looks = await watchLine(page)
    await send(server, line)
    await expect(text(page)).toHaveText(line.replace(/\{(.+?)\|(.+?)\}|\[.*?\]/g, '$1$2'))
    await complete(page)
    const seen = await looks()
    expect(seen.length).toBeGreaterThan(10)
    expect([...new Set(seen.map(({ height }) => height))]).toHaveLength(1)
    expect(furthest(seen)).toBeLessThan(0.3)
  }
})

test('text that looks like HTML stays text', async ({ page, server }) => {
  await open(page, server)
  const hostile =
    '<img src=x onerror="document.title=1"><script>document.title=1</script>[img=javascript:document.title=1]'
  await send(server, hostile, { speaker: '<b>x</b>' })
  await complete(page)
  await expect(text(page)).toHaveText(hostile)
  await expect(page.locator('.sm-name')).toHaveText('<b>x</b>')
  expect(await page.title()).not.toBe('1')
})

test('markup dresses the line, and a picture that is missing is named', async ({ page, server }) => {
  await open(page, server)
  // An emote that is made while the page is open is in its next line, as tall as the text however large it is.
  const made = await fetch(`${server.url}/api/v1/assets/emotes?name=cats:笑`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}` },
    body: await readFile(resolve(import.meta.dirname, '../../resources/icon.png')),
  })
  expect(made.status).toBe(201)
  await send(server, '好:cats:笑:呀 :cats:gone:')
  await complete(page)
  const emote = page.getByAltText(':cats:笑:')
  await expect(emote).toBeVisible()
  await expect
    .poll(() => emote.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(100)
  const [image, line] = [(await emote.boundingBox())!, (await page.locator('.sm-line').boundingBox())!]
  expect(image.height).toBeLessThan(line.height)
  await expect(text(page)).toHaveText('好呀 :cats:gone:')
  const players = async () =>
    JSON.stringify(await (await server.api('GET', '/rooms/lobby/subscribers')).json())
  await expect.poll(players).toContain('{"code":"emote-unknown","name":"cats:gone"}')
  await page.reload()
  await expect(page.getByAltText(':cats:笑:')).toBeVisible()
  await control(server, 'next')
  await send(
    server,
    '[b]粗[/b]{漢字|かんじ}[#f00]红[/][wave]波[/][metal=gold]金[/][img=/none.png alt="(雪)"]',
  )
  await complete(page)
  await expect(page.locator('.sm-b')).toHaveText('粗')
  await expect(page.locator('ruby rt')).toHaveText('かんじ')
  await expect(page.locator('.sm-wave .sm-g')).toHaveText('波')
  // The light goes on over metal that stands there.
  const light = () =>
    page.locator('.sm-gleam').evaluate(metal => getComputedStyle(metal).getPropertyValue('--gleam-at'))
  const before = await light()
  await expect.poll(light).not.toBe(before)
  await expect(page.locator('.sm-run').filter({ hasText: '红' })).toHaveCSS('color', 'rgb(255, 0, 0)')
  await expect(text(page)).toContainText('(雪)')
  // Moving text and pictures are boxes: the marks around them keep to the rules of line breaking all the same.
  await configure(server, { look: { theme: 'chat' }, typewriter: { charMs: 0 }, longText: 'scroll' })
  const lengths = Array.from({ length: 24 }, (_, more) => '字'.repeat(10 + more))
  const words = [
    '[wave]颜色[/wave]。',
    '「[wave]颜色[/wave]',
    '[wave]色[/wave][shake]！[/shake]',
    ':cats:笑:」',
    '「:cats:笑:',
  ]
    .flatMap(part => lengths.map(before => `${before}${part}尾`))
    .join('[br]')
  await send(server, words)
  await expect(text(page).last()).toContainText('「尾')
  await complete(page)
  expect(await page.locator('.sm-line').last().evaluate(lineEnds)).toEqual([])
})

/** Lines that begin or end with a mark that may not stand there. */
function lineEnds(line: Element): string[] {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  const lines: string[] = []
  let words = ''
  let right = Number.POSITIVE_INFINITY
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const isPicture = node instanceof HTMLImageElement
    if (!isPicture && !(node instanceof Text)) continue
    const letters = node instanceof Text ? node.data : '图'
    for (let at = 0; at < letters.length; at++) {
      const range = document.createRange()
      range.selectNode(node)
      if (!isPicture) {
        range.setStart(node, at)
        range.setEnd(node, at + 1)
      }
      const rect = range.getBoundingClientRect()
      if (rect.left < right - 2) {
        lines.push(words)
        words = ''
      }
      words += letters[at]
      right = rect.right
    }
  }
  return [...lines, words].filter(words => /^[。」！]|「$/.test(words))
}

test('keys of an input method turn into the word', async ({ page, server }) => {
  await page.addInitScript(() => {
    const keys: string[] = []
    Object.assign(window, { keys })
    new MutationObserver(() => {
      const now = document.querySelector('.sm-keys')?.textContent
      if (now && keys[keys.length - 1] !== now) keys.push(now)
    }).observe(document, { childList: true, subtree: true, characterData: true })
  })
  await configure(server, { typewriter: { charMs: 120 } })
  await open(page, server)
  await send(server, "我说[type=ni'hao]你好[/type]。")
  await expect(text(page)).toHaveText('我说你好。')
  await complete(page)
  await expect(page.locator('.sm-keys')).toHaveCount(0)
  const keys = await page.evaluate(() => (window as unknown as { keys: string[] }).keys)
  // A busy machine may skip a frame, never the order.
  expect(keys.length).toBeGreaterThan(1)
  for (const shown of keys) expect(['n', 'ni', "ni'h", "ni'ha", "ni'hao"]).toContain(shown)
})

test.describe('long text', () => {
  const long = '他沉默了很久，久到窗外的雨声一点一点变小。'.repeat(20)

  test('fits by shrinking, as far as it can be read', async ({ page, server }) => {
    await configure(server, { longText: 'fit', typewriter: { charMs: 0 } })
    await open(page, server)
    await send(server, long.slice(0, 180))
    await complete(page)
    const [size, body] = await page.evaluate(() => [
      document.querySelector('.sm-text')!.scrollHeight,
      document.querySelector('.sm-body')!.clientHeight,
    ])
    expect(size).toBeLessThanOrEqual(body! + 1)
  })

  test('is turned page by page, and scrolls', async ({ page, server }) => {
    for (const longText of ['page', 'scroll'] as const) {
      await configure(server, {
        longText,
        typewriter: { charMs: 1, commaPauseMs: 0, sentencePauseMs: 0 },
        queue: { policy: 'replace', holdMs: 50, holdPerCharMs: 0 },
      })
      await open(page, server)
      await send(server, long)
      await complete(page)
      // The end of the text stands within the box.
      const isInside = () =>
        page.evaluate(() => {
          const line = document.querySelector('.sm-line')!.getBoundingClientRect()
          const body = document.querySelector('.sm-body')!.getBoundingClientRect()
          return line.bottom <= body.bottom + 2 && line.top < body.top
        })
      await expect.poll(isInside).toBe(true)
      // Nor do other settings bring its beginning back.
      const effect = longText === 'page' ? 'blur' : 'rise'
      await configure(server, { typewriter: { effect } })
      await expect(player(page)).toHaveAttribute('data-effect', effect)
      expect(await isInside()).toBe(true)
      // A page that opens on it shows the same part of it.
      const place = () => text(page).evaluate(element => element.style.transform)
      const typed = await place()
      expect(typed).toContain('translateY')
      await page.evaluate(() => sessionStorage.clear())
      await open(page, server)
      await complete(page)
      await expect.poll(place).toBe(typed)
    }
  })

  test('10,000 graphemes and 32 KiB of brackets are shown', async ({ page, server }) => {
    await configure(server, { typewriter: { charMs: 0 }, queue: { policy: 'replace' } })
    await open(page, server)
    await send(server, '界'.repeat(10_000))
    await complete(page)
    expect(await page.evaluate(() => document.querySelector('.sm-line')!.textContent!.length)).toBe(10_000)
    // It lies in blocks, each laid out by itself, and no line is short because a block ends there.
    const gaps = await page.evaluate(() =>
      [...document.querySelectorAll('.sm-block')].slice(0, -1).map(block => {
        const range = document.createRange()
        range.selectNodeContents(block)
        const last = [...range.getClientRects()].pop()!
        return (block.getBoundingClientRect().right - last.right) / last.height
      }),
    )
    expect(gaps.length).toBeGreaterThan(10)
    for (const gap of gaps) expect(gap).toBeLessThan(1.5)
    await send(server, '['.repeat(32_000))
    await expect
      .poll(() => page.evaluate(() => document.querySelector('.sm-line')!.textContent!.length))
      .toBe(32_000)
  })
})
