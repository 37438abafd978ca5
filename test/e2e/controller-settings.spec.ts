import { startTestServer } from '../support/server.ts'
import { deskOf, openDesk, published, texts } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

test('a room is made, has its own lines, and can be deleted', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  await desk.say('in the lobby')
  await desk.page.getByRole('button', { name: 'New room' }).click()
  await desk.page.getByRole('textbox', { name: 'New room' }).fill('not a room')
  await desk.page.getByRole('button', { name: 'Add' }).click()
  await expect(desk.page.getByRole('alert')).toContainText('Use letters')
  await desk.page.getByRole('textbox', { name: 'New room' }).fill('Stage2')
  await desk.page.getByRole('button', { name: 'Add' }).click()
  const stage = await deskOf(desk.page)
  await expect(stage.page).toHaveURL(/room=stage2/)
  await stage.say('on the stage')
  await expect.poll(() => published(server, 'stage2')).toEqual([{ speaker: '', text: 'on the stage' }])
  expect(await published(server)).toHaveLength(1)

  await stage.page.getByRole('link', { name: 'Settings' }).click()
  await stage.page.getByRole('button', { name: 'Delete the room' }).click()
  await stage.page.getByRole('button', { name: 'Delete it with all its lines?' }).click()
  const back = await deskOf(stage.page)
  await expect(back.lines).toHaveText(/in the lobby/)
})

test('a backup is saved, and restored only after it was asked for', async ({ browser }) => {
  const server = await startTestServer({ built: true, env: { ADMIN_PASSWORD: 'correct horse battery' } })
  const context = await browser.newContext({ locale: 'en-US' })
  try {
    const page = await context.newPage()
    await page.goto(`${server.url}/admin/settings`)
    await page.getByLabel('User name').fill('admin')
    await page.getByLabel('Password').fill('correct horse battery')
    await page.getByRole('button', { name: 'Sign in' }).click()
    const desk = await deskOf(page)
    await desk.say('in the backup')
    await expect.poll(() => published(server)).toHaveLength(1)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save a backup' }).click()
    const path = await (await download).path()
    await desk.say('after the backup')
    await expect.poll(() => published(server)).toHaveLength(2)

    const broken = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Restore a backup' }).click()
    await (await broken).setFiles({
      name: 'no.gz',
      mimeType: 'application/gzip',
      buffer: Buffer.from('no backup'),
    })
    await page.getByRole('button', { name: 'Replace all data' }).click()
    await expect(page.getByRole('alert')).toContainText('no.gz: This is another kind of file')
    expect(await published(server)).toHaveLength(2)

    const good = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Restore a backup' }).click()
    await (await good).setFiles(path)
    await page.getByRole('button', { name: 'Replace all data' }).click()
    await expect(page.getByText('Restored. The server restarts.')).toBeVisible()
    await expect
      .poll(() => published(server).catch(() => []))
      .toEqual([{ speaker: '', text: 'in the backup' }])
  } finally {
    await context.close()
    await server.dispose()
  }
})

test('a part of the page that throws leaves the rest, says so, and can be tried again', async ({
  context,
  server,
}) => {
  // As one does whose way to stop listening to the desktop app fails.
  await context.addInitScript(() => {
    const refusal = { ok: false, code: 'refused', msg: '' }
    const stop = () => {
      if (localStorage.getItem('breaks')) throw new Error('it cannot stop')
    }
    Object.assign(window, { desktop: { call: async () => refusal, on: () => stop } })
  })
  const { page, say, lines } = await openDesk(context, server, '/admin/settings')
  await page.evaluate(() => localStorage.setItem('breaks', 'yes'))
  await page.getByRole('link', { name: 'Live' }).click()
  await expect(page.getByRole('alert')).toContainText('Something here has broken')
  await expect(page.getByRole('alert')).toContainText('it cannot stop')
  await say('all the same')
  await expect.poll(async () => (await texts(server)).at(-1)).toBe('all the same')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(lines.last()).toContainText('all the same')
})
