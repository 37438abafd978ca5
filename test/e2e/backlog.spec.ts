import { startTestServer } from '../support/server.ts'
import { expect, test } from './fixtures.ts'
import { configure, say } from './player-page.ts'

test('the backlog shows what was said, follows live, and keeps secrets', async ({ page, server }) => {
  for (let number = 1; number <= 70; number++)
    await server.api('POST', '/rooms/lobby/messages', {
      speaker: '夏目',
      data: { message: `第${number}句`, secret: 'do not tell' },
      meta: 'nor this',
      ...(number === 5 && { label: 'side' }),
    })
  await page.goto(`${server.url}/lobby/history?theme=bubble`)
  const entries = page.locator('.sm-box')
  await expect(entries).toHaveCount(50)
  // Boxes get their heights as they come in sight, and letters their font: the end stays in sight.
  const below = () =>
    page
      .locator('.sm-list')
      .evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)
  await page.evaluate(() => document.fonts.ready)
  await expect.poll(below).toBeLessThan(2)
  await expect(entries.last()).toContainText('第70句')
  await page.locator('.sm-list').evaluate(list => {
    list.scrollTop = 0
  })
  // The one for another label is left out.
  await expect(entries).toHaveCount(69)
  await expect(entries.first()).toContainText('第1句')
  await say(server, '小雪', '[b]新[/b]的一句')
  await expect(entries).toHaveCount(70)
  await expect(entries.last().locator('.sm-b')).toHaveText('新')
  // Without a word to be read there is no empty box.
  await say(server, '小雪', '[wait=1]')
  await expect(entries).toHaveCount(71)
  await expect(entries.last()).toBeHidden()
  // A message file of Echo-Live's: by its own speakers, and there after a reload too.
  const messages = [{ message: [{ text: '旧', style: { bold: true } }] }, { message: '下一行' }]
  await server.api('POST', '/rooms/lobby/messages', { data: { username: '小明', messages } })
  await server.api('POST', '/rooms/lobby/messages', {
    speaker: '夏目',
    data: { message: [{ fragments: ['一'] }, { fragments: ['二[speaker=阿明]三'], speaker: '小雪' }] },
  })
  for (let look = 0; look < 2; look++) {
    await expect(entries.nth(-2).locator('.sm-name')).toHaveText('小明')
    await expect(entries.nth(-2).locator('.sm-line')).toHaveText(['旧', '下一行'])
    await expect(entries.last().locator('.sm-name')).toHaveText(['夏目', '小雪', '阿明'])
    await expect(entries.last().locator('.sm-line')).toHaveText(['一', '二', '三'])
    await page.reload()
  }
  // The other way round, with the newest line at the top; the address goes before the room.
  await configure(server, { backlog: { newestFirst: true, mirrored: true, times: false } })
  await expect(entries.first().locator('.sm-line')).toHaveText(['一', '二', '三'])
  await expect(entries.first().locator('.sm-time')).toBeHidden()
  // Beside a dialogue that types slowly, a line is not read before it stands there.
  await configure(server, {
    backlog: { appear: 'typed' },
    typewriter: { charMs: 1_000 },
    queue: { policy: 'replace' },
  })
  await say(server, '小雪', '最新的一句')
  const latest = entries.filter({ hasText: '最新的一句' })
  // Its place is there already.
  await expect(entries.first()).toBeHidden()
  await expect(latest).toHaveCount(0)
  await configure(server, { typewriter: { charMs: 0 } })
  await say(server, '小雪', '最新的一句')
  await expect(latest.first()).toBeVisible()
  const [avatar, line] = await Promise.all(
    ['.sm-avatar', '.sm-line'].map(part => entries.first().locator(part).boundingBox()),
  )
  expect(avatar!.x).toBeGreaterThan(line!.x)
  await page.goto(`${server.url}/lobby/history?order=oldest&names=0&times`)
  await expect(entries.last()).toContainText('最新的一句')
  await expect(entries.last().locator('.sm-time')).toBeVisible()
  await expect(entries.last().locator('.sm-name')).toBeHidden()
  const answer = await (await fetch(`${server.url}/api/v1/rooms/lobby/backlog?limit=100`)).text()
  expect(answer).not.toMatch(/do not tell|nor this/)

  await server.api('PATCH', '/rooms/lobby', { watchKey: 'open-sesame' })
  expect((await fetch(`${server.url}/api/v1/rooms/lobby/backlog`)).status).toBe(403)
  expect((await fetch(`${server.url}/api/v1/rooms/lobby/backlog?key=open-sesame`)).status).toBe(200)
})

test('the backlog stays where it is read, over a new stream too, and does not grow for ever', async ({
  page,
  server,
}) => {
  const say = (from: number, to: number, at = server) =>
    Promise.all(
      Array.from({ length: to - from + 1 }, (_, index) =>
        at.api('POST', '/rooms/lobby/messages', { data: { message: `第${from + index}句` } }),
      ),
    )
  await page.goto(`${server.url}/lobby/history`)
  const list = page.locator('.sm-list')
  const entries = page.locator('.sm-box')
  // What is sent before the page hears the room would be older messages to be read.
  await say(1, 1)
  await expect(entries).toHaveCount(1)
  for (let from = 2; from <= 401; from += 50) await say(from, Math.min(from + 49, 401))
  await expect(entries.filter({ hasText: '第401句' })).toHaveCount(1)
  expect(await entries.count()).toBeLessThanOrEqual(400)
  const scrollTo = (top: number) => list.evaluate((element, top) => element.scrollTo(0, top), top)
  // What gave way is read again.
  const kept = await entries.count()
  await scrollTo(0)
  await expect(entries).toHaveCount(kept + 50)
  await scrollTo(1000)
  await server.kill()
  const again = await server.restart()
  await say(402, 402, again)
  await expect(entries.last()).toContainText('第402句', { timeout: 20_000 })
  await page.evaluate(() => new Promise(requestAnimationFrame))
  expect(await list.evaluate(element => element.scrollTop)).toBe(1000)

  // The history is lost while an older page of it is on its way: what the new one has is read all the same.
  let letGo = () => {}
  const held = new Promise<void>(resolve => {
    letGo = resolve
  })
  let asked = false
  await page.route(/backlog\?.*before=/, async route => {
    asked = true
    await held
    await route.fulfill({
      json: { messages: [{ ...old, id: 'gone-1', data: { message: '旧历史里的一句' } }], next: null },
    })
  })
  const [old] = (await (await fetch(`${again.url}/api/v1/rooms/lobby/backlog?limit=1`)).json()).messages
  await scrollTo(0)
  await expect.poll(() => asked).toBe(true)
  await again.kill()
  const fresh = await startTestServer({ built: true, port: Number(new URL(server.url).port) })
  try {
    await say(1, 1, fresh)
    await expect(entries).toHaveText([/第1句/], { timeout: 20_000 })
    letGo()
    await say(2, 2, fresh)
    await expect(entries).toHaveText([/第1句/, /第2句/])
  } finally {
    await fresh.dispose()
  }
})
