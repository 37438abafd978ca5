import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { startTestServer, type TestServer } from '../support/server.ts'
import { expect, test } from './fixtures.ts'

/** Sends one line to the default room; resolves when the server has it. */
async function send(
  server: TestServer,
  message: unknown,
  over: Record<string, unknown> = {},
): Promise<string> {
  const { format, ...rest } = over
  const data = format === undefined ? { message } : { message, format }
  const response = await server.api('POST', '/rooms/lobby/messages', {
    speaker: '小夜',
    data,
    ...rest,
  })
  expect(response.status).toBeLessThan(300)
  const body = (await response.json()) as { message?: { id: string }; id?: string }
  return body.message?.id ?? body.id ?? ''
}

async function control(server: TestServer, action: string): Promise<void> {
  const response = await server.api('POST', '/rooms/lobby/control', { action })
  expect(response.status).toBeLessThan(300)
}

/** Settings under which lines come fast. */
async function configure(server: TestServer, settings: unknown): Promise<void> {
  const room = (await (await server.api('GET', '/rooms/lobby')).json()) as {
    room?: { version: number }
    version?: number
  }
  const response = await server.api('PATCH', '/rooms/lobby', {
    version: room.room?.version ?? room.version,
    settings,
  })
  expect(response.status, await response.text()).toBeLessThan(300)
}

const player = (page: Page) => page.locator('.sm-player')
const text = (page: Page) => page.locator('.sm-text')
const complete = (page: Page) => expect(player(page)).toHaveAttribute('data-state', 'complete')
/** Resolves when the page hears the room and has said so; a page that goes away reports too, as hidden. */
const heardBy = (page: Page) =>
  page.waitForResponse(
    response =>
      response.url().includes('/report') &&
      (response.request().postDataJSON() as { visible: boolean }).visible,
  )
async function open(page: Page, server: TestServer, path = '/'): Promise<void> {
  const heard = heardBy(page)
  await page.goto(server.url + path)
  await heard
}

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

/** The furthest that a letter has moved, px. */
function furthest(looks: Look[]): number {
  return Math.max(...looks.flatMap(({ boxes }) => boxes.map((at, i) => Math.abs(at - looks[0]!.boxes[i]!))))
}

test('a line is typed in the box, grapheme by grapheme, and nothing that stands there moves', async ({
  page,
  server,
}) => {
  await open(page, server)
  const looks = await watchLine(page)
  const sentence = '她说：Streaming 不难 👨‍👩‍👧‍👦，然后把很长很长的一句话打到第二行去，看看单词会不会跳。'
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
  // The letters' font arrives with the first that needs it.
  await send(server, annotated.join('[br]'))
  await complete(page)
  await page.evaluate(() => document.fonts.ready)
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

test('the page is transparent and nothing of it blocks what lies behind', async ({ page, server }) => {
  await page.goto(server.url)
  const colours = await page.evaluate(() =>
    [document.documentElement, document.body, ...document.querySelectorAll('.sm-player, .sm-stage')].map(
      item => getComputedStyle(item).backgroundColor,
    ),
  )
  for (const colour of colours) expect(colour).toBe('rgba(0, 0, 0, 0)')
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
  await expect.poll(players).toContain('unknown emote: :cats:gone:')
  await page.reload()
  await expect(page.getByAltText(':cats:笑:')).toBeVisible()
  await control(server, 'next')
  await send(server, '[b]粗[/b]{漢字|かんじ}[#f00]红[/][wave]波[/][img=/none.png alt="(雪)"]')
  await complete(page)
  await expect(page.locator('.sm-b')).toHaveText('粗')
  await expect(page.locator('ruby rt')).toHaveText('かんじ')
  await expect(page.locator('.sm-wave .sm-g')).toHaveText('波')
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

test('lines wait for their turn, "next" goes on, "skip" completes, "clear" empties', async ({
  page,
  server,
}) => {
  await configure(server, { queue: { autoAdvance: false }, typewriter: { charMs: 200 } })
  await open(page, server)
  await send(server, '第一句话')
  await send(server, '第二句话')
  await expect(player(page)).toHaveAttribute('data-state', 'typing')
  await expect(text(page)).toHaveText('第一句话')
  await control(server, 'skip')
  await complete(page)
  await control(server, 'next')
  await expect(text(page)).toHaveText('第二句话')
  await control(server, 'hide')
  await expect(page.locator('.sm-box')).toHaveCSS('opacity', '0')
  await control(server, 'show')
  await expect(page.locator('.sm-box')).toHaveCSS('opacity', '1')
  await control(server, 'clear')
  await expect(player(page)).toHaveAttribute('data-state', 'empty')
  // More than may wait: the controller is told how many were not shown, of all that came one by one.
  await configure(server, { queue: { maxWaiting: 2, overflow: 'drop-oldest' } })
  for (const line of ['一', '二', '三', '四', '五', '六']) await send(server, line)
  const players = async () =>
    JSON.stringify(await (await server.api('GET', '/rooms/lobby/subscribers')).json())
  await expect.poll(players).toContain('lines dropped, too many wait: 3')
  expect(await players()).not.toContain('too many wait: 1')
  await control(server, 'next')
  await expect(text(page)).toHaveText('五')
})

/** Notes each line that is typed on the page, over its reloads. */
async function noteTyped(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    new MutationObserver(records => {
      for (const record of records)
        for (const node of record.addedNodes)
          if (node instanceof HTMLElement && node.classList.contains('sm-line')) {
            const typed = node.querySelector('.sm-veil:not(:empty)') !== null
            if (!typed) continue
            const all = JSON.parse(sessionStorage.getItem('typed') ?? '[]') as string[]
            sessionStorage.setItem('typed', JSON.stringify([...all, node.textContent]))
          }
    }).observe(document, { childList: true, subtree: true })
  })
  return () => page.evaluate(() => JSON.parse(sessionStorage.getItem('typed') ?? '[]') as string[])
}

test('a reload shows the line complete, types nothing again and loses nothing that waits', async ({
  page,
  server,
}) => {
  await configure(server, { queue: { autoAdvance: false } })
  const typed = await noteTyped(page)
  await open(page, server)
  const lines = ['第一句', '第二句', '第三句']
  for (const line of lines) await send(server, line)
  await control(server, 'next')
  await expect(text(page)).toHaveText('第二句')
  await complete(page)
  const heard = heardBy(page)
  await page.reload()
  await expect(text(page)).toHaveText('第二句')
  await complete(page)
  await heard
  await control(server, 'next')
  await expect(text(page)).toHaveText('第三句')
  await complete(page)
  expect(await typed()).toEqual(lines)
})

test('a page that was away while "next" and "clear" were sent is where the others are', async ({
  context,
  page,
  server,
}) => {
  await configure(server, { queue: { autoAdvance: false }, typewriter: { charMs: 0 } })
  const other = await context.newPage()
  for (const each of [page, other]) await open(each, server)
  for (const line of ['第一句', '第二句', '第三句', '第四句']) await send(server, line)
  for (const each of [page, other]) await expect(text(each)).toHaveText('第一句')
  // Reloaded, as OBS does when a source is shown again.
  await page.goto('about:blank')
  await control(server, 'next')
  await open(page, server)
  for (const each of [page, other]) await expect(text(each)).toHaveText('第二句')
  // It has obeyed that one: another reload does not do it again.
  await open(page, server)
  await expect(text(page)).toHaveText('第二句')
  // Cut off, with what it had still there.
  await page.goto('about:blank')
  await control(server, 'next')
  await control(server, 'next')
  await control(server, 'clear')
  await send(server, '第五句')
  await send(server, '第六句')
  await open(page, server)
  for (const each of [page, other]) await expect(text(each)).toHaveText('第五句')
  await control(server, 'next')
  for (const each of [page, other]) await expect(text(each)).toHaveText('第六句')
})

test('a server that dies and comes back loses no line and repeats none', async ({ page, server }) => {
  await configure(server, { queue: { holdMs: 0, holdPerCharMs: 0 } })
  const typed = await noteTyped(page)
  await open(page, server)
  await send(server, '之前')
  await complete(page)
  await server.kill()
  const again = await server.restart()
  await send(again, '之后一')
  await send(again, '之后二')
  await expect(text(page)).toHaveText('之后二', { timeout: 20_000 })
  expect(await typed()).toEqual(['之前', '之后一', '之后二'])
  await again.kill()
})

test('a line that is taken back leaves the screen', async ({ page, server }) => {
  await open(page, server)
  const id = await send(server, '说错了')
  await complete(page)
  const response = await server.api('DELETE', `/rooms/lobby/messages/${id}`)
  expect(response.status).toBeLessThan(300)
  await expect(player(page)).toHaveAttribute('data-state', 'empty')
})

test('text that is still being written is typed as it comes', async ({ page, server }) => {
  await open(page, server)
  const encoder = new TextEncoder()
  let push: (text: string) => void = () => {}
  let end = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      push = text => controller.enqueue(encoder.encode(text))
      end = () => controller.close()
    },
  })
  const answered = fetch(`${server.url}/api/v1/rooms/lobby/stream?speaker=bot`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'text/plain' },
    body,
    duplex: 'half',
  } as RequestInit)
  push('先来一半')
  await expect(text(page)).toHaveText('先来一半')
  await expect(player(page)).toHaveAttribute('data-state', 'typing')
  push('，再来一半。')
  await expect(text(page)).toHaveText('先来一半，再来一半。')
  end()
  expect((await answered).ok).toBe(true)
  await complete(page)
})

test('what is being typed is shown if the room wants it, and gives way to what was said', async ({
  page,
  server,
}) => {
  await configure(server, { showTyping: true })
  await open(page, server)
  await send(server, '说过的话')
  await complete(page)
  const typing = async (words: string) => {
    const response = await server.api('POST', '/rooms/lobby/typing', { speaker: '小夜', text: words })
    expect(response.status).toBeLessThan(300)
  }
  await typing('还在想')
  await expect(page.locator('.sm-draft')).toHaveText('还在想')
  await typing('')
  await expect(text(page)).toHaveText('说过的话')
  await expect(page.locator('.sm-draft')).toHaveCount(0)
  await typing('想好了')
  await send(server, '就这样')
  await expect(text(page)).toHaveText('就这样')
  await complete(page)
})

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

test.describe('pages of one browser', () => {
  test('a dozen, of three rooms, share one stream, and each is a player of its own', async ({
    context,
    server,
  }) => {
    const rooms = ['lobby', 'second', 'third']
    for (const id of rooms.slice(1)) expect((await server.api('POST', '/rooms', { id })).status).toBe(201)
    const pages: { room: string; page: Page }[] = []
    for (let index = 0; index < 12; index++) {
      const room = rooms[index % 3]!
      const page = await context.newPage()
      pages.push({ room, page })
      await page.goto(`${server.url}/${room}?label=source${index}`)
    }
    const players = async () => {
      const lists = await Promise.all(
        rooms.map(async room => {
          const answer = await server.api('GET', `/rooms/${room}/subscribers`)
          return ((await answer.json()) as { subscribers: unknown[] }).subscribers.length
        }),
      )
      return lists.join()
    }
    const say = async (words: string) => {
      for (const room of rooms)
        await server.api('POST', `/rooms/${room}/messages`, { data: { message: words + room } })
    }
    await expect.poll(players).toBe('4,4,4')
    await say('去')
    for (const { room, page } of pages) await expect(text(page)).toHaveText(`去${room}`)
    // The page that opened the stream goes; the others keep it.
    await pages.shift()!.page.close()
    await expect.poll(players).toBe('3,4,4')
    await say('还在')
    for (const { room, page } of pages) await expect(text(page)).toHaveText(`还在${room}`)
  })

  test('when the worker that holds the stream dies, another takes over', async ({
    browser,
    context,
    server,
  }) => {
    await configure(server, { queue: { policy: 'replace' } })
    const pages = [await context.newPage(), await context.newPage()]
    for (const [index, page] of pages.entries()) await open(page, server, `/?label=${index}`)
    await send(server, '之前')
    for (const page of pages) await expect(text(page)).toHaveText('之前')
    const cdp = await browser.newBrowserCDPSession()
    const { targetInfos } = await cdp.send('Target.getTargets')
    const worker = targetInfos.find(
      target => target.type === 'shared_worker' && target.url.startsWith(server.url),
    )
    const { sessionId } = await cdp.send('Target.attachToTarget', { targetId: worker!.targetId })
    const message = JSON.stringify({
      id: 1,
      method: 'Runtime.evaluate',
      params: { expression: 'self.close()' },
    })
    await cdp.send('Target.sendMessageToTarget', { sessionId, message })
    await send(server, '之后')
    for (const page of pages) await expect(text(page)).toHaveText('之后')
  })

  test('a page that was frozen for a while catches up with all it missed', async ({
    context,
    page,
    server,
  }) => {
    await configure(server, { queue: { holdMs: 0, holdPerCharMs: 0 }, typewriter: { charMs: 0 } })
    await open(page, server)
    const cdp = await context.newCDPSession(page)
    await cdp.send('Page.setWebLifecycleState', { state: 'frozen' })
    for (let index = 0; index < 50; index++) await send(server, `第${index}句`)
    await cdp.send('Page.setWebLifecycleState', { state: 'active' })
    await expect(text(page)).toHaveText('第49句')
  })

  test('without SharedWorker each page has a stream of its own', async ({ page, server }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'))
    await open(page, server)
    await send(server, '自己的流')
    await expect(text(page)).toHaveText('自己的流')
  })

  test('on a LAN address, which is no secure context, all the same', async ({ context }) => {
    const server = await startTestServer({ built: true, env: { ALLOWED_HOSTS: 'lan.test' } })
    try {
      const { port } = new URL(server.url)
      const pages = [await context.newPage(), await context.newPage()]
      for (const page of pages) await page.goto(`http://lan.test:${port}/`)
      expect(await pages[0]!.evaluate(() => isSecureContext)).toBe(false)
      await send(server, '手机上')
      for (const page of pages) await expect(text(page)).toHaveText('手机上')
    } finally {
      await server.dispose()
    }
  })
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

test('an idle player asks for no frames and has no timers', async ({ page, server }) => {
  await configure(server, { queue: { autoHideMs: 0 } })
  await page.addInitScript(() => {
    const counts = { frames: 0, timers: 0 }
    Object.assign(window, { counts })
    const { requestAnimationFrame: frame, setTimeout: timeout, setInterval: interval } = window
    window.requestAnimationFrame = callback => {
      counts.frames++
      return frame.call(window, callback)
    }
    window.setTimeout = ((...given: Parameters<typeof timeout>) => {
      counts.timers++
      return timeout.apply(window, given)
    }) as typeof setTimeout
    window.setInterval = ((...given: Parameters<typeof interval>) => {
      counts.timers++
      return interval.apply(window, given)
    }) as typeof setInterval
  })
  await open(page, server)
  await send(server, '一句话。')
  await complete(page)
  const before = await page.evaluate(() => ({ ...(window as unknown as { counts: object }).counts }))
  // Something must pass without a timer: two more events that change nothing on the screen.
  const heard = page.waitForResponse(response => response.url().includes('/report'))
  await control(server, 'hide')
  await heard
  await control(server, 'show')
  await expect(page.locator('.sm-box')).toHaveCSS('opacity', '1')
  expect(await page.evaluate(() => (window as unknown as { counts: object }).counts)).toEqual(before)
})
