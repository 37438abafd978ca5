import { openDesk, published, texts } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

test('a line that waits is edited, not sent beside its new form; one that was refused is sent again, once', async ({
  context,
  server,
}) => {
  const desk = await openDesk(context, server)
  const { page, line, lines } = desk
  let isAway = true
  const keys: (string | undefined)[] = []
  await page.route('**/api/v1/rooms/lobby/messages', (route, request) => {
    if (request.method() !== 'POST') return route.fallback()
    if (isAway) return route.abort('connectionfailed')
    keys.push(request.headers()['idempotency-key'])
    if (keys.length > 1) return route.fallback()
    return route.fulfill({
      status: 400,
      json: { success: false, code: 400, error: 'invalid-input', msg: 'no' },
    })
  })
  await desk.say('tpyo')
  await desk.say('second')
  await expect(lines.first()).toHaveAttribute('data-state', 'waiting')
  await lines.first().hover()
  await lines.first().getByRole('button', { name: 'Edit and send again' }).click()
  await expect(lines).toHaveText([/second/])
  await line.fill('typo')
  await line.press('Enter')
  isAway = false

  const refused = page.locator('li[data-state=refused]')
  await expect(refused).toHaveText(/second/)
  await expect.poll(() => texts(server)).toEqual(['typo'])
  await refused.hover()
  await refused.getByRole('button', { name: 'Send again', exact: true }).click()
  await expect.poll(() => texts(server)).toEqual(['typo', 'second'])
  await expect(lines).toHaveText([/typo/, /second/])
  // Under its own key: had only its answer got lost, it would not be published anew.
  expect(keys[2]).toBe(keys[0])
})

test('the list is read again when its first page did not come, and says that it is empty', async ({
  context,
  server,
}) => {
  let failures = 0
  await context.route('**/api/v1/rooms/lobby/messages?*', route => {
    if (failures++ === 0) return route.fulfill({ status: 503, body: 'busy' })
    return route.fallback()
  })
  const { page } = await openDesk(context, server)
  await expect(page.getByText('Nothing sent yet.')).toBeVisible()
  expect(await published(server)).toEqual([])
})

test('the JSON of a line is sent once, however often the button is pressed', async ({ context, server }) => {
  const { page, line } = await openDesk(context, server)
  await line.fill('as typed')
  await page.getByRole('button', { name: 'Show as JSON' }).click()
  const panel = page.getByRole('region', { name: 'JSON' })
  await panel.getByRole('textbox').fill('{"message": "by hand"}')
  await panel.getByRole('button', { name: 'Send', exact: true }).dblclick()
  await expect.poll(() => texts(server)).toEqual(['by hand'])
  await expect(line).toHaveValue('as typed')
  await panel.getByRole('button', { name: 'As typed' }).click()
  await panel.getByRole('button', { name: 'Send', exact: true }).dblclick()
  // It was the line, so the line is done.
  await expect(line).toHaveValue('')
  await line.fill('last')
  await line.press('Enter')
  await expect.poll(async () => (await texts(server)).at(-1)).toBe('last')
  await expect.poll(() => texts(server)).toHaveLength(3)
})

test('a held line is dragged past the edge of the list, and over the preview', async ({
  context,
  server,
}) => {
  const desk = await openDesk(context, server)
  const { page, line, queue } = desk
  await line.fill(Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n'))
  await line.press('Alt+Enter')
  await expect(queue).toHaveCount(40)
  const area = page.getByRole('list', { name: 'Queue' }).locator('..')
  const box = (await area.boundingBox())!
  const middle = box.x + 80
  await queue.first().getByRole('button', { name: 'line 0' }).hover()
  await page.mouse.down()
  await page.mouse.move(middle, box.y + box.height - 8, { steps: 4 })
  // The hand rests; the list goes on.
  await expect(queue.last()).toBeInViewport()
  await page.mouse.up()
  await expect(queue.nth(38)).toHaveText('line 39')
  await expect(queue.last()).toHaveText('line 0')
  await expect(line).toHaveValue('')

  await area.evaluate(element => element.scrollTo(0, 0))
  const preview = (await page.locator('iframe[title="Preview"]').boundingBox())!
  await queue.nth(1).getByRole('button', { name: 'line 2' }).hover()
  await page.mouse.down()
  await page.mouse.move(preview.x + preview.width / 2, preview.y + preview.height / 2, { steps: 4 })
  await page.mouse.up()
  await expect(queue.first()).toHaveText('line 2')
  await expect(queue.first()).toHaveCSS('opacity', '1')
  await page.mouse.move(middle, box.y + box.height / 2)
  await expect(queue.first()).toHaveCSS('opacity', '1')
  await expect(queue.nth(1)).toHaveText('line 1')
})

test('on a phone a tap on a line shows what can be done with it, and a tap does it', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const desk = await openDesk(context, server)
  await desk.say('one')
  await desk.say('two')
  await expect(desk.lines).toHaveText([/one/, /two/])
  await desk.lines.first().tap()
  await desk.lines.first().getByRole('button', { name: 'Take back' }).tap()
  await expect(desk.lines).toHaveText([/two/])
  await expect.poll(() => texts(server)).toEqual(['two'])
  await context.close()
})
