import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { complete, configure, control, heardBy, open, player, send, text } from './player-page.ts'
import { writeMessage } from './write-message.ts'

test('lines wait for their turn, "next" goes on, "skip" completes, "clear" empties', async ({
  page,
  server,
}) => {
  await configure(server, { queue: { autoAdvance: false }, typewriter: { charMs: 1_000 } })
  await open(page, server)
  const first = '第一句话长得打不完，'.repeat(6)
  await send(server, first)
  await send(server, '第二句话')
  await expect(player(page)).toHaveAttribute('data-state', 'typing')
  await expect(text(page)).toHaveText(first)
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
  await expect.poll(players).toContain('{"code":"lines-dropped","count":3}')
  expect(await players()).not.toContain('"count":1')
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

test('a page that opens in the middle of a message goes on with the others, line by line', async ({
  browser,
  page,
  server,
}) => {
  await configure(server, { queue: { autoAdvance: false }, typewriter: { charMs: 0 } })
  await open(page, server)
  await send(server, ['第一行', '第二行', '第三行'])
  const told = page.waitForRequest(
    request => request.url().includes('/report') && request.postDataJSON().shownLine === 1,
  )
  await control(server, 'next')
  await expect(text(page)).toHaveText('第二行')
  await (await told).response()
  // Another browser, as OBS is when it shows a source anew that it had shut down.
  const other = await browser.newPage()
  await open(other, server)
  await expect(text(other)).toHaveText('第二行')
  await control(server, 'next')
  for (const each of [page, other]) await expect(text(each)).toHaveText('第三行')
  await other.close()
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
  const { push, end } = writeMessage(server)
  push('先来一半')
  await expect(text(page)).toHaveText('先来一半')
  await expect(player(page)).toHaveAttribute('data-state', 'typing')
  push('，再来一半。')
  await expect(text(page)).toHaveText('先来一半，再来一半。')
  await end()
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
  // As it will be read: neither tags nor what may yet become one.
  await typing('还[b]在[/]{想|xiǎng}[wa')
  await expect(page.locator('.sm-draft')).toHaveText('还在想')
  await typing('')
  await expect(text(page)).toHaveText('说过的话')
  await expect(page.locator('.sm-draft')).toHaveCount(0)
  await typing('想好了')
  await send(server, '就这样')
  await expect(text(page)).toHaveText('就这样')
  await complete(page)

  // What is typed while a line still comes, or before the page knows that the room wants it, is shown once it may be.
  await configure(server, { typewriter: { charMs: 1_000 } })
  await send(server, '这一句还在一个字一个字地打出来')
  await expect(player(page)).toHaveAttribute('data-state', 'typing')
  await typing('下一句')
  await control(server, 'skip')
  await expect(page.locator('.sm-draft')).toHaveText('下一句')
  await configure(server, { showTyping: false })
  await expect(page.locator('.sm-draft')).toHaveCount(0)
  await typing('早了一步')
  await configure(server, { showTyping: true })
  await expect(page.locator('.sm-draft')).toHaveText('早了一步')
  await typing('')
  await expect(page.locator('.sm-draft')).toHaveCount(0)
})

test('in a list, a line taken back leaves from wherever it stands, and a draft becomes no line', async ({
  page,
  server,
}) => {
  await configure(server, {
    look: { theme: 'chat' },
    queue: { policy: 'replace', autoHideMs: 0 },
    typewriter: { charMs: 0 },
    showTyping: true,
  })
  await open(page, server)
  const ids: string[] = []
  const lines = page.locator('.sm-box:visible .sm-text')
  for (const line of ['一', '二', '三']) ids.push(await send(server, line))
  await expect(lines).toHaveText(['一', '二', '三'])
  // From among those above, and then the newest: what else was said stays.
  await server.api('DELETE', `/rooms/lobby/messages/${ids[1]}`)
  await expect(lines).toHaveText(['一', '三'])
  await server.api('DELETE', `/rooms/lobby/messages/${ids[2]}`)
  await expect(lines).toHaveText(['一'])
  await send(server, '四')
  await expect(lines).toHaveText(['一', '四'])

  const typing = (words: string) =>
    server.api('POST', '/rooms/lobby/typing', { speaker: '小夜', text: words })
  await typing('五吗')
  await expect(lines).toHaveText(['一', '四', '五吗'])
  await typing('')
  await expect(lines).toHaveText(['一', '四'])
  await typing('五吧')
  await expect(lines).toHaveText(['一', '四', '五吧'])
  await send(server, '五')
  await expect(lines).toHaveText(['一', '四', '五'])

  // A line that gives way before all of it was typed stands there whole.
  await configure(server, { typewriter: { charMs: 1_000 } })
  await send(server, '还没[wave]打完[/wave]就{被|ひ}换掉')
  await expect(page.locator('.sm-box:not(.sm-past) .sm-veil').first()).toBeAttached()
  await configure(server, { typewriter: { charMs: 0 } })
  await send(server, '六')
  await expect(lines.last()).toHaveText('六')
  await expect(page.locator('.sm-past').last()).toContainText('打完')
  await expect(page.locator('.sm-past .sm-veil')).toHaveCount(0)

  // In a dialogue's box the lines above have no place.
  await configure(server, { look: { theme: 'novel' } })
  await expect(lines).toHaveText(['六'])
  await configure(server, { look: { theme: 'chat' } })
  await server.api('DELETE', `/rooms/lobby/messages/${await send(server, '七')}`)
  await control(server, 'clear')
  await expect(player(page)).toHaveAttribute('data-state', 'empty')
  await expect(page.locator('.sm-past')).toHaveCount(0)
  // What has faded away is not back when the next line comes.
  await configure(server, { queue: { autoHideMs: 1_000, autoHidePerCharMs: 0 } })
  await send(server, '八')
  await expect(player(page)).toHaveAttribute('data-visible', 'false')
  await configure(server, { queue: { autoHideMs: 0 } })
  await send(server, '九')
  await expect(lines).toHaveText(['九'])
  await control(server, 'clear')
  // Who stopped typing while the page was cut off is not heard stopping.
  await typing('说到一半')
  await expect(lines).toHaveText(['说到一半'])
  await server.kill()
  const again = await server.restart()
  await expect(player(page)).toHaveAttribute('data-state', 'empty', { timeout: 20_000 })
  await again.kill()
})

test('a list whose page had no time of its own for a minute shows the lines that stand there by now', async ({
  page,
  server,
}) => {
  await configure(server, {
    look: { theme: 'chat' },
    queue: { holdMs: 3_000, holdPerCharMs: 0, autoHideMs: 0 },
    typewriter: { charMs: 1 },
  })
  await page.clock.install()
  await open(page, server)
  const numbers = Array.from({ length: 12 }, (_, index) => `第${index + 1}句`)
  for (const line of numbers) await send(server, line)
  await expect(text(page)).toHaveText('第1句')
  const players = async () =>
    JSON.stringify(await (await server.api('GET', '/rooms/lobby/subscribers')).json())
  await expect.poll(players).toContain('"waiting":11')
  await page.clock.fastForward(60_000)
  await expect(page.locator('.sm-box .sm-text')).toHaveText(numbers.slice(-8))
})
