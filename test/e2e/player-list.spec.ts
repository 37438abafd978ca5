import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { configure, say } from './player-page.ts'

test('in the chat layout lines stay above each other, eight at the most', async ({ page, server }) => {
  await configure(server, {
    look: { theme: 'chat' },
    queue: { policy: 'replace', autoHideMs: 0 },
    typewriter: { charMs: 0, commaPauseMs: 0, sentencePauseMs: 0 },
  })
  await page.goto(server.url)
  await expect(page.locator('.sm-player')).toHaveAttribute('data-layout', 'chat')
  for (let number = 1; number <= 10; number++) {
    await say(server, number % 2 ? '夏目' : '小雪', `第${number}句`)
    await expect(page.locator('.sm-box').last()).toContainText(`第${number}句`)
  }
  await expect(page.locator('.sm-box')).toHaveCount(8)
  await expect(page.locator('.sm-box').first()).toContainText('第3句')
  await expect(page.locator('.sm-box.sm-past .sm-name').last()).toHaveText('夏目')
  // What would stand half above the stage leaves.
  await say(server, '小雪', '长长的一句话。'.repeat(60))
  await say(server, '小雪', '长长的一句话。'.repeat(60))
  await expect
    .poll(() =>
      page
        .locator('.sm-box')
        .evaluateAll(all => Math.min(...all.map(box => box.getBoundingClientRect().top))),
    )
    .toBeGreaterThanOrEqual(0)
  // A shout shakes the box here too, to its end, and the box does not arrive anew afterwards.
  await page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    for (const type of ['animationstart', 'animationend'] as const)
      document.addEventListener(type, event => {
        const { target, animationName } = event
        if (target instanceof Element && target.matches('.sm-box:not(.sm-past)'))
          heard.push(`${type.slice(9)} ${animationName}`)
      })
  })
  await say(server, '小雪', '站住！[shout]')
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard)
  await expect.poll(heard).toContain('end sm-shout')
  await page.evaluate(() => new Promise(requestAnimationFrame))
  expect((await heard()).filter(words => words === 'start sm-listed')).toHaveLength(1)
  // Who tells the story has no picture, before and after others speak; theirs stay.
  const avatar = (box: Locator) => box.locator('.sm-avatar')
  await say(server, '', '旁白')
  await expect(page.locator('.sm-box').last()).toContainText('旁白')
  await expect(avatar(page.locator('.sm-box').last())).toBeHidden()
  await expect(avatar(page.locator('.sm-past').last())).toBeVisible()
  await say(server, '夏目', '又来了')
  await expect(page.locator('.sm-box').last()).toContainText('又来了')
  await expect(avatar(page.locator('.sm-past').last())).toBeHidden()
  // A page that begins anew, or is new, has the lines that stood there; none is typed again.
  const lines = (shown: Page) => shown.locator('.sm-box .sm-text')
  const stood = await lines(page).allTextContents()
  expect(stood.length).toBeGreaterThan(3)
  await page.reload()
  await expect(lines(page)).toHaveText(stood)
  await expect(avatar(page.locator('.sm-past').last())).toBeHidden()
  await server.api('POST', '/rooms/lobby/control', { action: 'clear' })
  await expect(page.locator('.sm-past')).toHaveCount(0)
  // What was cleared away stays away; a message of several lines comes back line by line.
  await say(server, '夏目', '甲')
  await configure(server, { queue: { policy: 'wait', holdMs: 0, holdPerCharMs: 0 } })
  await server.api('POST', '/rooms/lobby/messages', {
    speaker: '小雪',
    data: { messages: [{ message: '乙' }, { message: '丙' }, { message: '丁' }] },
  })
  await expect(lines(page)).toHaveText(['甲', '乙', '丙', '丁'])
  await page.reload()
  await expect(lines(page)).toHaveText(['甲', '乙', '丙', '丁'])
  const other = await page.context().newPage()
  await other.goto(server.url)
  await expect(lines(other)).toHaveText(['甲', '乙', '丙', '丁'])
  // It goes on as any list does, and nothing stands there twice.
  await say(server, '夏目', '戊')
  for (const shown of [page, other]) await expect(lines(shown)).toHaveText(['甲', '乙', '丙', '丁', '戊'])
  await server.api('POST', '/rooms/lobby/control', { action: 'clear' })
  await expect(page.locator('.sm-past')).toHaveCount(0)
})
