import { expect, test } from './fixtures.ts'

test('a new page shows its room’s line before any stream, and what comes meanwhile once', async ({
  page,
  server,
}) => {
  const publish = async (message: string) =>
    expect(
      (await server.api('POST', '/rooms/lobby/messages', { speaker: '小夜', data: { message } })).status,
    ).toBe(202)
  const hostile = '第一句 </script><script>document.title = "caught"</script>'
  // Nothing goes on by itself: the second line is seen because the first was cleared, or not at all.
  const { room } = (await (await server.api('GET', '/rooms/lobby')).json()) as { room: { version: number } }
  const settings = { queue: { autoAdvance: false } }
  expect((await server.api('PATCH', '/rooms/lobby', { version: room.version, settings })).status).toBe(200)
  await publish(hostile)
  // Every line that stands in the box, as it first stood there.
  await page.addInitScript(() => {
    const lines: string[] = []
    Object.assign(window, { lines })
    new MutationObserver(records => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          if (node instanceof HTMLElement && node.classList.contains('sm-line')) lines.push(node.textContent!)
    }).observe(document, { subtree: true, childList: true })
  })
  let letGo = () => {}
  const held = new Promise<void>(resolve => {
    letGo = resolve
  })
  // A request of a worker could not be held up here.
  await page.addInitScript(() => Object.defineProperty(window, 'SharedWorker', { value: undefined }))
  await page.route('**/api/v1/events*', async route => {
    await held
    await route.continue()
  })
  await page.goto(`${server.url}/`)
  const player = page.locator('.sm-player')
  await expect(player).toHaveAttribute('data-state', 'complete')
  await expect(page.locator('.sm-text')).toHaveText(hostile)
  expect((await server.api('POST', '/rooms/lobby/control', { action: 'clear' })).status).toBeLessThan(300)
  await publish('第二句')
  letGo()
  await expect(page.locator('.sm-text')).toHaveText('第二句', { timeout: 20_000 })
  expect(await page.evaluate(() => (window as unknown as { lines: string[] }).lines)).toEqual([
    hostile,
    '第二句',
  ])
  await expect(page).toHaveTitle('Player')
})
