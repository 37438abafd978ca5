import { expect, test } from './fixtures.ts'
import { complete, configure, control, noteLines, ownStream, send, text } from './player-page.ts'

test('a new page shows its room’s line before any stream, and what comes meanwhile once', async ({
  page,
  server,
}) => {
  const hostile = '第一句 </script><script>document.title = "caught"</script>'
  // Nothing goes on by itself: the second line is seen because the first was cleared, or not at all.
  await configure(server, { queue: { autoAdvance: false } })
  await send(server, hostile)
  const lines = await noteLines(page)
  const stream = await ownStream(page)
  stream.hold()
  await page.goto(`${server.url}/`)
  await complete(page)
  await expect(text(page)).toHaveText(hostile)
  await control(server, 'clear')
  await send(server, '第二句')
  stream.letGo()
  await expect(text(page)).toHaveText('第二句', { timeout: 20_000 })
  expect(await lines()).toEqual([hostile, '第二句'])
  await expect(page).toHaveTitle('Player')
})
