import { openDesk, published } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

test('a phrase is kept, filled in and sent by one click and by its key', async ({ context, server }) => {
  const desk = await openDesk(context, server, '/admin/phrases')
  const { page } = desk
  await page.getByRole('button', { name: 'New phrase' }).click()
  await page.getByLabel('Text', { exact: true }).fill('Now playing {game}')
  await page.getByLabel('Key', { exact: true }).press('Alt+g')
  await expect(page.getByLabel('Key', { exact: true })).toHaveValue('Alt+G')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByLabel('Value of game').fill('Zelda')
  await page.getByRole('button', { name: 'Send Now playing {game}' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Sent' })).toHaveCount(1)
  await expect.poll(() => published(server)).toEqual([{ speaker: '', text: 'Now playing Zelda' }])
  await page.keyboard.press('Alt+g')
  await expect.poll(() => published(server)).toHaveLength(2)
})

test('a pasted screenplay becomes a queue that plays by itself', async ({ context, server }) => {
  const desk = await openDesk(context, server, '/admin/phrases')
  const { page } = desk
  await server.api('PATCH', '/rooms/lobby', {
    settings: { typewriter: { charMs: 0 }, queue: { holdMs: 0, holdPerCharMs: 0 } },
  })
  const player = await context.newPage()
  await player.goto(server.url)
  await page.bringToFront()
  await page.getByRole('button', { name: 'Script' }).click()
  await page.getByLabel('Paste a screenplay').fill('Alice: Where are we?\nBob：在森林里。\n# a note\nStill.')
  await expect(page.getByText('3 lines')).toBeVisible()
  await page.getByRole('button', { name: 'Put into the queue and play' }).click()
  await expect
    .poll(() => published(server), { timeout: 30_000 })
    .toEqual([
      { speaker: 'Alice', text: 'Where are we?' },
      { speaker: 'Bob', text: '在森林里。' },
      { speaker: 'Bob', text: 'Still.' },
    ])
})

test('a full queue is said, and a folder that is empty by now does not hide the phrases', async ({
  context,
  server,
}) => {
  await server.api('POST', '/phrases', { text: 'hello', folder: 'greetings' })
  const { page } = await openDesk(context, server, '/admin/phrases')
  await page.getByRole('combobox', { name: 'Folder' }).selectOption('greetings')
  await page.getByRole('button', { name: 'Edit: hello' }).click()
  await page.getByRole('combobox', { name: 'Folder' }).last().fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Send hello' })).toBeVisible()

  await page.evaluate(() => {
    const lines = Array.from({ length: 2_000 }, (_, key) => ({ key: `k${key}`, speaker: '', text: 'line' }))
    localStorage.setItem('streaming-message.held.lobby', JSON.stringify(lines))
  })
  await page.reload()
  await page.getByRole('button', { name: 'Script' }).click()
  const script = page.getByLabel('Paste a screenplay')
  await script.fill('one more')
  await page.getByRole('button', { name: 'Put into the queue', exact: true }).click()
  await expect(page.getByText('The queue holds 2,000 lines. The rest stays here.')).toBeVisible()
  await expect(script).toHaveValue('one more')
  // Looked at elsewhere, and back: what was pasted is still there.
  await page.getByRole('link', { name: 'Speakers' }).click()
  await page.getByRole('link', { name: 'Phrases' }).click()
  await page.getByRole('button', { name: 'Script' }).click()
  await expect(script).toHaveValue('one more')
})
