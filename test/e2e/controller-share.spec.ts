import { startTestServer } from '../support/server.ts'
import { openDesk } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

test('what must be pasted can be copied on a LAN address too, where browsers lock the clipboard', async ({
  context,
}) => {
  const server = await startTestServer({ built: true, env: { ALLOWED_HOSTS: 'lan.test' } })
  try {
    const onLan = { ...server, url: server.url.replace(/127\.0\.0\.1|localhost/, 'lan.test') }
    const { page, line } = await openDesk(context, onLan)
    expect(await page.evaluate(() => [window.isSecureContext, 'clipboard' in navigator])).toEqual([
      false,
      false,
    ])
    await page.getByRole('button', { name: 'Copy: Player' }).click()
    await expect(page.getByRole('button', { name: 'Copied: Player' })).toBeVisible()
    await line.focus()
    await page.keyboard.press('Control+v')
    await expect(line).toHaveValue(/^http:\/\/\S+\/$/)
  } finally {
    await server.dispose()
  }
})

test('the first three steps tick themselves off', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  await desk.page.getByRole('link', { name: 'Settings' }).click()
  await desk.page.getByRole('button', { name: 'Show the first steps again' }).click()
  await desk.page.getByRole('link', { name: 'Live' }).click()
  const steps = desk.page.getByRole('region', { name: 'Three steps to the first line' })
  await expect(steps.getByRole('img', { name: 'Done' })).toHaveCount(0)
  const opened = context.waitForEvent('page')
  await steps.getByRole('link', { name: 'Open the player' }).click()
  await opened
  await expect(steps.getByRole('img', { name: 'Done' })).toHaveCount(1)
  await desk.page.bringToFront()
  await desk.say('first')
  await expect(steps.getByRole('img', { name: 'Done' })).toHaveCount(3)
  await steps.getByRole('button', { name: 'Done' }).click()
  await expect(steps).toBeHidden()
})

test('what a player cannot show is said in the language of the controller, and what is mended is no longer said', async ({
  context,
  server,
}) => {
  const player = await context.newPage()
  await player.goto(`${server.url}/?label=game`)
  const { page } = await openDesk(context, server)
  await page.evaluate(() =>
    localStorage.setItem(
      'streaming-message.preferences',
      JSON.stringify({ language: 'ja', welcomed: true, variables: {} }),
    ),
  )
  await page.reload()
  await server.api('POST', '/rooms/lobby/messages', {
    speaker: '夏目',
    data: { message: '見えない', look: { sprite: '/nowhere.png' } },
  })
  await expect(page.getByRole('status').getByText('画像 /nowhere.png を読み込めません')).toBeVisible()

  const font = (name: string) =>
    server.api('PATCH', '/rooms/lobby', { settings: { look: { tokens: { font: name } } } })
  expect((await font('Nobody Has This')).ok).toBe(true)
  const missing = page.getByRole('status').getByText('フォント「Nobody Has This」')
  await expect(missing).toBeVisible()
  expect((await font('serif')).ok).toBe(true)
  await expect(missing).toHaveCount(0)
})
