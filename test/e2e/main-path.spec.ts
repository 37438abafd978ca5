import type { Page } from '@playwright/test'
import type { TestServer } from '../support/server.ts'
import { texts } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'
import { signUp } from './sign-up.ts'

/** Waits until the player has revealed this text: what is still to be typed has no inner text. */
async function expectShown(player: Page, text: string): Promise<void> {
  await expect(player.locator('.sm-text')).toContainText(text, { useInnerText: true })
}

/** Waits until a player listens: a line sent before that is shown complete, as one that was missed. */
async function watched(server: TestServer): Promise<void> {
  await expect
    .poll(async () => (await (await server.api('GET', '/rooms/lobby/subscribers')).json()).subscribers.length)
    .toBe(1)
}

test('a new user follows the set-up link, types a speaker and a line, and sees it typed', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ locale: 'en-US' })
  const controller = await context.newPage()
  const player = await context.newPage()
  await player.goto(`${server.url}/`)

  await signUp(controller, server)
  await controller.getByLabel('Speaker', { exact: true }).fill('小明')
  const line = controller.getByRole('textbox', { name: 'Line' })
  await line.fill('你好，世界👨‍👩‍👧‍👦！')
  await line.press('Enter')
  await expect(line).toHaveValue('')

  await expect(player.locator('.sm-name')).toHaveText('小明')
  await expectShown(player, '你好，世界👨‍👩‍👧‍👦！')
  await context.close()
})

test('by keyboard alone: account, player, speaker, line, take back; the log says how long it took', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ locale: 'en-US' })
  const page = await context.newPage()
  const { keyboard } = page
  const focused = (name: string) =>
    expect(page.locator('input, textarea').and(page.getByLabel(name, { exact: true }))).toBeFocused()
  let keys = 0
  const press = async (key: string, times = 1) => {
    for (let i = 0; i < times; i++) await keyboard.press(key)
    keys += times
  }
  const link = () => /http\S+\/admin\/setup#\S+/.exec(server.output())?.[0] ?? ''
  await expect.poll(link).not.toBe('')
  const began = performance.now()
  await page.goto(link())
  await focused('User name')
  await keyboard.type('streamer')
  await press('Tab')
  await focused('Password')
  await keyboard.type('correct horse battery')
  await press('Enter')
  // The desk begins in the line; the player is opened by its link in the first step.
  await focused('Line')
  const open = page.getByRole('link', { name: 'Open the player' }).first()
  const opened = context.waitForEvent('page')
  await open.focus()
  await press('Enter')
  const player = await opened
  await watched(server)
  await page.bringToFront()
  await press('Escape')
  await focused('Line')
  await press('Shift+Tab')
  await focused('Speaker')
  await keyboard.type('小夜')
  await press('Enter')
  await focused('Line')
  await keyboard.type('晚上好')
  await press('Enter')
  await expectShown(player, '晚上好')
  test.info().annotations.push({
    type: 'stopwatch',
    description: `${((performance.now() - began) / 1_000).toFixed(1)} s and ${keys} keys beside the typing, from the link to the line on the screen`,
  })
  await press('Control+z')
  await expect(player.locator('.sm-player')).toHaveAttribute('data-state', 'empty')
  await expect.poll(() => texts(server)).toEqual([])
  await context.close()
})

test('a line is revealed grapheme by grapheme, and what stands there never moves', async ({
  page,
  server,
}) => {
  await server.api('PATCH', '/rooms/lobby', { settings: { typewriter: { charMs: 100 } } })
  await page.goto(`${server.url}/`)
  await page.evaluate(() => {
    const seen: string[] = []
    const text = document.querySelector('.sm-text')!
    Object.assign(window, { seen })
    const look = () => {
      // The reader's eye: what has no opacity is not there yet.
      const range = document.createRange()
      let visible = ''
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement!
        if (getComputedStyle(parent).visibility === 'visible' && !parent.closest('rt')) {
          range.selectNodeContents(node)
          visible += node.nodeValue
        }
      }
      if (seen.at(-1) !== visible) seen.push(visible)
      requestAnimationFrame(look)
    }
    look()
  })
  await watched(server)
  await server.api('POST', '/rooms/lobby/messages', {
    speaker: 'A',
    data: { message: '家族👨‍👩‍👧‍👦とか\u0301。' },
  })
  await expectShown(page, '。')
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen)
  for (const text of seen) {
    expect('家族👨‍👩‍👧‍👦とか\u0301。'.startsWith(text.replace(/\u200b/g, '')), JSON.stringify(seen)).toBe(
      true,
    )
    // Neither half a family nor a letter without its accent.
    expect(text.endsWith('\u200d')).toBe(false)
    expect(text.endsWith('か')).toBe(false)
  }
  expect(seen.length).toBeGreaterThan(3)
})

test('an unknown room shows a sentence, and the lines of the room once it is made', async ({
  page,
  server,
}) => {
  await page.goto(`${server.url}/Later`)
  await expect(page.locator('.sm-name')).toHaveText('一言')
  await server.api('POST', '/rooms', { id: 'later' })
  await expect(async () => {
    await server.api('POST', '/rooms/later/messages', { speaker: 'B', data: { message: '到了' } })
    await expect(page.locator('.sm-text')).toContainText('到了', { timeout: 1_000 })
  }).toPass()
})

test('the server restarts under the player: what was sent meanwhile is shown, once', async ({
  page,
  server,
}) => {
  await server.api('PATCH', '/rooms/lobby', {
    settings: { typewriter: { charMs: 0 }, queue: { holdMs: 0, holdPerCharMs: 0 } },
  })
  await page.goto(`${server.url}/`)
  const lines: string[] = []
  await page.exposeFunction('onLine', (text: string) => void lines.push(text))
  await page.evaluate(() => {
    const text = document.querySelector('.sm-text')!
    let last = ''
    new MutationObserver(() => {
      const now = (text as HTMLElement).textContent.trim()
      if (now && now !== last) (window as unknown as { onLine(text: string): void }).onLine(now)
      last = now
    }).observe(text, { childList: true, subtree: true, characterData: true, attributes: true })
  })
  const send = (api: typeof server, message: string) =>
    api.api('POST', '/rooms/lobby/messages', { data: { message } })
  await send(server, 'before')
  await expect.poll(() => lines.at(-1)).toBe('before')
  const again = await server.restart()
  await send(again, 'while away 1')
  await send(again, 'while away 2')
  await expect.poll(() => lines.at(-1)).toBe('while away 2')
  expect(lines.filter(line => line === 'before')).toHaveLength(1)
  expect(lines.filter(line => line === 'while away 1')).toHaveLength(1)
  await again.dispose()
})
