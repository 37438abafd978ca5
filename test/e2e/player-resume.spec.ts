import { FIRST_EVENTS_ID } from '../../src/shared/first-events.ts'
import { expect, test } from './fixtures.ts'

test('a phone without SharedWorker that is cut off before any line came misses none', async ({
  page,
  server,
}) => {
  const publish = async (message: string) =>
    expect(
      (await server.api('POST', '/rooms/lobby/messages', { speaker: '小夜', data: { message } })).status,
    ).toBe(202)
  const settings = { queue: { holdMs: 0, holdPerCharMs: 0 }, typewriter: { charMs: 0 } }
  expect((await server.api('PATCH', '/rooms/lobby', { settings })).status).toBe(200)
  await publish('之前')
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'SharedWorker')
    const lines: string[] = []
    Object.assign(window, { lines })
    new MutationObserver(records => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          if (node instanceof HTMLElement && node.classList.contains('sm-line')) lines.push(node.textContent!)
    }).observe(document, { subtree: true, childList: true })
  })
  // A busy server sends its page without the room's state.
  await page.route('**/lobby', async route => {
    const response = await route.fetch()
    const html = await response.text()
    expect(html).toContain(FIRST_EVENTS_ID)
    await route.fulfill({ response, body: html.replace(FIRST_EVENTS_ID, 'nothing') })
  })
  // The phone is away while two lines are sent and pass on other screens.
  let mayGo = Promise.resolve()
  let letGo = () => {}
  await page.route('**/api/v1/rooms/lobby/events*', async route => {
    await mayGo
    await route.continue()
  })
  await page.goto(`${server.url}/lobby`)
  await expect(page.locator('.sm-text')).toHaveText('之前')
  mayGo = new Promise(resolve => {
    letGo = resolve
  })
  await server.restart()
  await publish('之后一')
  await publish('之后二')
  letGo()
  await expect(page.locator('.sm-text')).toHaveText('之后二', { timeout: 20_000 })
  expect(await page.evaluate(() => (window as unknown as { lines: string[] }).lines)).toEqual([
    '之前',
    '之后一',
    '之后二',
  ])
})
