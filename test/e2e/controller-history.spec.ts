import type { TestServer } from '../support/server.ts'
import { openDesk, published } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

/** More lines than one page of the history has. */
async function fillHistory(server: TestServer): Promise<void> {
  const lines = Array.from({ length: 105 }, (_, index) => `line ${index}`)
  await Promise.all(
    lines.map(message => server.api('POST', '/rooms/lobby/messages', { speaker: 'A', data: { message } })),
  )
}

test('older lines that come after the search has changed are not shown among what is found', async ({
  context,
  server,
}) => {
  await fillHistory(server)
  const { page } = await openDesk(context, server, '/admin/history')
  let letGo = () => {}
  const held = new Promise<void>(resolve => {
    letGo = resolve
  })
  await page.route('**/messages?*before=*', async route => {
    await held
    await route.continue()
  })
  await page.getByRole('button', { name: 'Show older lines' }).click()
  const shown = page.getByRole('main').getByRole('listitem').filter({ hasText: 'line' })
  await page.getByRole('searchbox').fill('line 7')
  await expect(shown).toHaveCount(11)
  const older = page.waitForResponse(/before=/)
  letGo()
  await (await older).finished()
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done))))
  await expect(shown).toHaveCount(11)
})

test('the history is searched, sent again, edited and cleared in two steps', async ({ context, server }) => {
  for (const message of ['the first', '[b]第二[/]', 'the third'])
    await server.api('POST', '/rooms/lobby/messages', { speaker: 'A', data: { message } })
  const desk = await openDesk(context, server, '/admin/history')
  const rows = desk.page.getByRole('main').getByRole('listitem')
  const shown = rows.filter({ hasText: 'A' })
  await expect(shown).toHaveCount(3)
  await desk.page.getByRole('searchbox').fill('第二')
  await expect(shown).toHaveCount(1)
  await expect(shown).toContainText('第二')
  await expect(shown).not.toContainText('[b]')
  await shown.getByRole('button', { name: 'Edit and send again' }).click()
  await expect(desk.line).toHaveValue('[b]第二[/]')
  await shown.getByRole('button', { name: 'Send again', exact: true }).click()
  await expect.poll(() => published(server)).toHaveLength(4)

  await desk.page.getByRole('searchbox').fill('')
  await expect(shown).toHaveCount(4)
  await desk.page.getByRole('button', { name: 'Clear the history' }).click()
  expect(await published(server)).toHaveLength(4)
  await desk.page.getByRole('button', { name: 'Delete all lines for good?' }).click()
  await expect.poll(() => published(server)).toEqual([])
  await expect(desk.page.getByText('No lines in this room yet.')).toBeVisible()
})

test('the history stays where it is read when the connection comes back, and the keyboard with it', async ({
  context,
  server,
}) => {
  await fillHistory(server)
  const { page } = await openDesk(context, server, '/admin/history')
  const shown = page.getByRole('main').getByRole('listitem').filter({ hasText: 'line' })
  await expect(shown).toHaveCount(100)
  await page.getByRole('button', { name: 'Show older lines' }).click()
  await expect(shown).toHaveCount(105)
  await server.kill()
  await expect(page.getByText('Not connected, reconnecting')).toBeVisible()
  const back = await server.restart()
  try {
    await expect(page.getByText('Not connected, reconnecting')).toBeHidden()
    await back.api('POST', '/rooms/lobby/messages', { speaker: 'A', data: { message: 'line of now' } })
    await expect(shown.first()).toContainText('line of now')
    await expect(shown).toHaveCount(106)
    await shown.nth(3).getByRole('button', { name: 'Take back' }).focus()
    for (let press = 0; press < 5; press++) await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    await expect(shown).toHaveCount(105)
    await expect(shown.nth(3).getByRole('button', { name: 'Take back' })).toBeFocused()
  } finally {
    await back.dispose()
  }
})

test('statistics that could not be read are read again when it is asked for', async ({ context, server }) => {
  await server.api('POST', '/rooms/lobby/messages', { speaker: 'A', data: { message: 'one' } })
  const { page } = await openDesk(context, server, '/admin/history')
  await page.route('**/messages?limit=500*', route => route.abort(), { times: 1 })
  await page.getByRole('button', { name: 'Statistics' }).click()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('rowheader', { name: 'A' })).toBeVisible()
})
