import type { Locator, Page } from '@playwright/test'
import { openDesk } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

// OBS's dock, in the dark scheme that OBS has.
test.use({ viewport: { width: 300, height: 800 }, colorScheme: 'dark' })

/** Shows the first steps again. */
async function beginAnew(page: Page): Promise<void> {
  await page.evaluate(() =>
    localStorage.setItem(
      'streaming-message.preferences',
      JSON.stringify({ language: 'en', welcomed: false }),
    ),
  )
  await page.reload()
}

/** Red, green and blue of one pixel, as the screen has it. */
async function pixelOf(element: Locator, x: number, y: number): Promise<number[]> {
  const picture = (await element.screenshot()).toString('base64')
  return element.page().evaluate(
    async ([png, left, top]) => {
      const bytes = new Blob([Uint8Array.from(atob(png), letter => letter.charCodeAt(0))])
      const context = new OffscreenCanvas(1, 1).getContext('2d')!
      context.drawImage(await createImageBitmap(bytes), -left, -top)
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)]
    },
    [picture, x, y] as const,
  )
}

test('the dock leads through the first steps, with the key of a room that has one', async ({
  context,
  server,
}) => {
  await server.api('PATCH', '/rooms/lobby', { watchKey: 'open-sesame', name: '主舞台 of a very long name' })
  const desk = await openDesk(context, server)
  // Whatever the room is called, the connection's dot stands beside it.
  await expect(desk.page.getByRole('combobox', { name: 'Room' })).toContainText('主舞台')
  await expect(desk.page.getByRole('img', { name: 'Connected' })).toBeInViewport({ ratio: 1 })
  await beginAnew(desk.page)
  const steps = desk.page.getByRole('region', { name: 'Three steps to the first line' })
  await expect(steps).toContainText('Step 1 of 3')
  const opened = context.waitForEvent('page')
  await steps.getByRole('link', { name: 'Open the player' }).click()
  const player = await opened
  await expect(steps).toContainText('Step 2 of 3')
  await desk.page.bringToFront()
  await desk.say('first')
  await expect(player.locator('.sm-text')).toContainText('first')
  await expect(steps).toContainText('Your line is on the screen.')
  // What was done once stays done.
  await player.close()
  await expect(desk.lines).toHaveAttribute('data-state', 'sent')
  await expect(steps).toContainText('Your line is on the screen.')
  await steps.getByRole('button', { name: 'Done' }).click()
  await expect(steps).toBeHidden()
})

test('held lines are seen in the dock, and colours and a new room fit in', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  await desk.line.fill('held')
  await desk.line.press('Alt+Enter')
  await expect(desk.queue).toHaveText(['held'])
  await desk.page.getByRole('button', { name: 'Empty the queue' }).click()
  await desk.page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(desk.queue).toHaveText(['held'])

  await desk.page.getByRole('button', { name: 'Show formatting' }).click()
  await desk.page.getByRole('button', { name: 'Colours', exact: true }).click()
  await expect(desk.page.getByRole('button', { name: 'White', exact: true })).toBeInViewport({ ratio: 1 })
  await desk.page.keyboard.press('Escape')

  await desk.page.getByRole('button', { name: 'New room' }).click()
  const name = desk.page.getByRole('textbox', { name: 'New room' })
  await name.fill('not a room')
  await name.press('Enter')
  await expect(desk.page.getByRole('alert')).toBeInViewport({ ratio: 1 })
  expect((await name.boundingBox())!.width).toBeGreaterThan(80)
})

test('what is wrong is seen, however far down or up it stands', async ({ context, server }) => {
  const { page } = await openDesk(context, server, '/admin/speakers')
  await page.getByRole('button', { name: 'New speaker' }).click()
  const name = page.getByLabel('Name', { exact: true })
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(name).toBeFocused()
  await expect(page.getByText('A speaker needs a name.')).toBeInViewport()

  await page.route('**/api/v1/speakers', (route, request) =>
    request.method() === 'POST' ? route.abort() : route.fallback(),
  )
  await name.fill('Alice')
  await expect(page.getByRole('button', { name: 'Save' })).not.toBeInViewport()
  await name.press('Enter')
  await expect(page.getByText('The server cannot be reached.')).toBeInViewport()
  await expect(name).toHaveValue('Alice')
})

test('a notice with two ways on keeps its words readable', async ({ context, server }) => {
  const { page } = await openDesk(context, server, '/admin/look')
  await page.route('**/api/v1/rooms/lobby', (route, request) =>
    request.method() === 'PATCH'
      ? route.fulfill({ status: 409, json: { success: false, code: 409, error: 'conflict', msg: '' } })
      : route.fallback(),
  )
  await page.getByRole('button', { name: 'Glass' }).click()
  const words = page.getByText('Somebody else changed these settings at the same time.')
  await expect(words).toBeVisible()
  expect((await words.boundingBox())!.width).toBeGreaterThan(150)
  await expect(page.getByRole('button', { name: 'Use mine' })).toBeInViewport({ ratio: 1 })
})

test('what stands behind the preview is seen through it', async ({ context, server }) => {
  const desk = await openDesk(context, server, '/admin/look')
  await expect(desk.page.frameLocator('iframe').locator('.sm-player')).toBeAttached()
  const pixel = await pixelOf(desk.page.locator('.preview'), 40, 40)
  expect(Math.max(...pixel), `the checkerboard of the dark scheme, not ${pixel}`).toBeLessThan(160)
})
